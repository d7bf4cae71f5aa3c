// SPDX-License-Identifier: Apache-2.0
//
// Which keys a signature test would be made with, or why it is not made. Decides alone; sends nothing.
#pragma once

#include "dossier.hpp"

#include <string_view>
#include <vector>

namespace scca::checks {

/// The algorithm by which a signature of this kind of key is verified; empty for one that cannot be tested.
[[nodiscard]] std::string_view signature_oid_of(const pki::PublicKey& key);

struct SignPlan {
    const token::TokenSeen* token = nullptr;
    const token::ApplicationSeen* application = nullptr;
    std::vector<const Case*> certificates;  ///< one for each container that signs
    std::string_view obstacle;              ///< why no PIN may be sent; empty when it may
};

[[nodiscard]] SignPlan plan_of(const Dossier& dossier);

/// The certificate of the container's signing key; null when it has none that can be read.
[[nodiscard]] const Case* find_signing_certificate(const Case& key, const Dossier& dossier);

}  // namespace scca::checks
