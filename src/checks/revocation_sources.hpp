// SPDX-License-Identifier: Apache-2.0
//
// Revocation lists and OCSP answers, from files and from the network, read once; and what they say of one certificate.
// Only what the certificate's issuer signed counts, and only a whole and fresh answer can say that all is well.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/pki/revocation.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::checks {

struct Dossier;

/// One list or answer, or the fault that stands in its place.
struct RevocationSource {
    std::string place;  ///< path, or address
    std::optional<pki::Crl> crl;
    Bytes crl_sha256;
    std::optional<pki::OcspAnswer> ocsp;
    std::optional<Fault> fault;
};

/// Lists point into what they were read from.
struct RevocationSources {
    std::vector<RevocationSource> list;
    std::vector<Bytes> decoded;  ///< lists that stood in a file as PEM or base64
};

struct FetchedDocument {
    token::FetchedSeen seen;  ///< without the content, unless a list points into it
    RevocationSources revocation;
    std::vector<pki::Certificate> authorities;

    [[nodiscard]] bool points_into_content() const noexcept;
};

/// As open_fetched, of what stays where it is and outlives the document.
[[nodiscard]] std::shared_ptr<const FetchedDocument> open_fetched_there(const token::FetchedSeen& fetched);

enum class RevocationState : std::uint8_t { good, revoked, unanswered };

struct RevocationAnswer {
    RevocationState state = RevocationState::unanswered;
    report::Fields evidence;
};

/// What is known of a certificate of this issuer at the moment that is judged. "Revoked" outweighs "good", for a newer
/// answer may be the one that is missing; a suspension (certificateHold) that only an outdated answer tells may have
/// been lifted.
[[nodiscard]] RevocationAnswer find_revocation(const pki::Certificate& certificate, const pki::Certificate& issuer,
                                               const Dossier& dossier);

/// The CA certificate at hand whose key really signed `certificate`, when there is one. It points into the dossier.
[[nodiscard]] const pki::Certificate* find_real_issuer(const pki::Certificate& certificate, const Dossier& dossier);

}  // namespace scca::checks
