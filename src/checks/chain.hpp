// SPDX-License-Identifier: Apache-2.0
//
// Building a chain from a certificate to a CA that is trusted, out of what was supplied and what --trust names. How it
// ends is a matter of structure: names, CA flags, path lengths, loops, dates. Whether each link was really signed
// stands beside it, for cert.signature to judge.
#pragma once

#include "scca/pki/certificate.hpp"
#include "scca/pki/verify.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace scca::checks {

struct Dossier;

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
    std::vector<pki::SignatureCheck> checks;       ///< of each issuer: whether its key signed the one below
    ChainEnd end = ChainEnd::issuer_missing;
    bool limited = false;  ///< a CA above says for whom it may issue, or has a critical extension that nobody knows
    /// There are more ways up than were tried: another may lead to trust, and another key may have signed.
    bool given_up = false;
    /// Where the issuer is missing: a CA of its name that is there, whose key is said to be another.
    const pki::Certificate* namesake = nullptr;
};

/// As it stands, or once its maker's mistake is put right.
[[nodiscard]] bool holds(const pki::SignatureCheck& check) noexcept;

/// What was found out about the chains of one dossier.
struct ChainMemory {
    /// The first in place, for most dossiers have one; by the address of the certificate that they begin at.
    const pki::Certificate* first = nullptr;
    Chain first_built;
    std::unordered_map<const pki::Certificate*, Chain> built;
    std::size_t failed_tries = 0;  ///< signatures that were verified and led no further

    /// CAs from which no path leads to trust, and how many stood below them in the one that was tried.
    using Depths = std::unordered_map<const pki::Certificate*, std::size_t>;
    std::array<Depths, 2> in_vain;  ///< through valid CAs alone, and through any
};

/// Every CA whose key may have signed it, by name and key identifier; the best first.
[[nodiscard]] std::vector<const pki::Certificate*> find_candidates(const pki::Certificate& certificate,
                                                                   const Dossier& dossier);

/// Where several CAs bear the issuer's name, one whose key verifies is preferred, then a trusted one, then one that is
/// valid. Where that leads to no trusted root, or over a CA that has expired or whose restrictions are in the way, the
/// others are followed as well, up to a bound, and the chain is the first that is better. The views live as long as the
/// dossier.
[[nodiscard]] Chain build_chain(const pki::Certificate& certificate, const Dossier& dossier);

/// The same, remembered: the certificate must live as long as the dossier, and so does its chain.
[[nodiscard]] const Chain& chain_of(const pki::Certificate& certificate, const Dossier& dossier);

/// Whether it says that its own key signed it, as who names no other key does (RFC 5280 4.2.1.1), and that is not so.
/// Another may be signed with a CA's older key.
[[nodiscard]] bool belies_itself(const pki::Certificate& certificate, const Dossier& dossier);

/// Whether somebody on the way up bears a known CA's name over another key, or was not signed by the key of the CA that
/// stands above it, or by its own where it stands alone. A signature that cannot be judged here accuses nobody, nor
/// does one where not all keys were tried.
[[nodiscard]] bool is_forged(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier);

/// A CA and who signed it.
struct CaAbove {
    const pki::Certificate* ca = nullptr;
    const pki::Certificate* issuer = nullptr;
};
/// The CAs between a certificate and the one that its chain ends at, as far as their signatures hold.
[[nodiscard]] std::vector<CaAbove> find_cas_above(const pki::Certificate& certificate, const Dossier& dossier);

}  // namespace scca::checks
