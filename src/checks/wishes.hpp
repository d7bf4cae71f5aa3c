// SPDX-License-Identifier: Apache-2.0
//
// What judging lacks and the network may have: the certificate of an issuer that nobody supplied, and for each
// certificate whose revocation is unknown the next address that it names and that was not asked yet.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/pki/certificate.hpp"

#include <vector>

namespace scca::checks {

struct Dossier;

/// Whether it names an address at which somebody can be asked about its revocation.
[[nodiscard]] bool names_address(const pki::Certificate& certificate);

/// `report` is what was found in `dossier`, with cert.revocation.
[[nodiscard]] std::vector<Wish> wishes_of(const Dossier& dossier, const report::Report& report);

}  // namespace scca::checks
