// SPDX-License-Identifier: Apache-2.0
//
// Building a chain from a certificate to a CA that is trusted, out of what was supplied and what --trust names.
// Structure only: names, CA flags, path lengths, loops, dates. Whether each link was really signed is cert.signature's
// question.
#pragma once

#include "dossier.hpp"

#include <string_view>
#include <vector>

namespace scca::checks {

enum class ChainEnd : std::uint8_t {
    trusted,         ///< reached a certificate of --trust, or a known CA
    issuer_missing,  ///< nobody supplied the next issuer
    untrusted_root,  ///< ends at a root that nobody vouches for
    not_a_ca,        ///< an issuer without cA:TRUE or keyCertSign (RFC 5280 6.1.4 k, n)
    path_length,     ///< RFC 5280 6.1.4 m
    loop,            ///< longer than any real chain, or the same CA twice
};

[[nodiscard]] std::string_view name_of(ChainEnd end) noexcept;

struct Chain {
    std::vector<const pki::Certificate*> issuers;  ///< nearest first; without the certificate itself
    ChainEnd end = ChainEnd::issuer_missing;
};

/// Where several CAs bear the issuer's name, one whose key verifies is preferred; the views live as long as the
/// dossier.
[[nodiscard]] Chain build_chain(const pki::Certificate& certificate, const Dossier& dossier);

/// Whether each certificate of the chain carries the signature of the next. One that cannot be judged here counts.
[[nodiscard]] bool is_signed(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier);

}  // namespace scca::checks
