// SPDX-License-Identifier: Apache-2.0
//
// A seal's list of those who may use it, held against a certificate (GM/T 0031 6.2.2 c, GB/T 38540 SES_CertList).
#pragma once

#include "dossier.hpp"

#include <string>
#include <vector>

namespace scca::checks {

/// Octet by octet, or by its SM3 digest, which some make with Z.
[[nodiscard]] bool lists(const pki::Seal& seal, const pki::Certificate& certificate);

struct ListedHolders {
    std::vector<std::string> holders;  ///< "holder (serial number)"; without digests and texts
    bool has_one_of = false;           ///< a holder of `certificates`, by another certificate
};

[[nodiscard]] ListedHolders listed_holders(const pki::Seal& seal,
                                           const std::vector<const pki::Certificate*>& certificates);

}  // namespace scca::checks
