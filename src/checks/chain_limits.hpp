// SPDX-License-Identifier: Apache-2.0
//
// What certificates of a chain say about its use beyond dates, lengths and CA flags: extensions that whoever does not
// know them must refuse, and names that a CA may issue for. Builds no chain.
#pragma once

#include "chain.hpp"
#include "rungs.hpp"

#include <optional>
#include <span>

namespace scca::checks {

/// Whether the CA says anything of the kind; few do, and for the others nothing below is asked.
[[nodiscard]] inline bool is_limited(const pki::Certificate& ca) noexcept {
    return ca.limits_names || !ca.unknown_critical.empty();
}

/// A certificate below a CA that the CA may not issue for by its name.
struct ForeignName {
    const pki::Certificate* holder = nullptr;
    bool unread = false;  ///< or its names could not be compared
};

/// Below the last of `issuers`, which stand above the certificate, nearest first. One that is foreign before one that
/// could not be read.
[[nodiscard]] std::optional<ForeignName> find_foreign_name(const pki::Certificate& certificate,
                                                           std::span<const pki::Certificate* const> issuers,
                                                           Authorities& authorities);

/// The first of: a name that a CA above may not issue for (failed), a critical extension that nobody here knows
/// (warned), names that cannot be compared here (unknown). Nothing when there is none of them.
[[nodiscard]] std::optional<Judgement> find_limit(const pki::Certificate& certificate, const Chain& chain,
                                                  const Dossier& dossier);

}  // namespace scca::checks
