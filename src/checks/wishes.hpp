// SPDX-License-Identifier: Apache-2.0
//
// What judging lacks and the network may have: the certificate of an issuer that nobody supplied, and for each
// certificate whose revocation is unknown the next address that it names and that was not asked yet; in the last round,
// as there is no later one, as many of the others as can be asked in the same time.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/pki/certificate.hpp"

#include <string>
#include <vector>

namespace scca::checks {

struct Dossier;

/// Whether it names an address at which its revocation is told, even one that is not asked (https, ldap).
[[nodiscard]] bool names_address(const pki::Certificate& certificate);

/// The addresses it names for that which nobody has asked.
[[nodiscard]] std::vector<std::string> find_unasked(const pki::Certificate& certificate, const Dossier& dossier);

/// `report` is what was found in `dossier`, with cert.revocation.
[[nodiscard]] std::vector<Wish> wishes_of(const Dossier& dossier, const report::Report& report, bool is_last);

}  // namespace scca::checks
