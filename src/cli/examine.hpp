// SPDX-License-Identifier: Apache-2.0
//
// Look and judge, as check does and `explain --check` after it: at this machine and its key, or at what was saved of
// another. Tells nothing.
#pragma once

#include "check_plan.hpp"

namespace scca::cli {

/// What was seen, and what it means.
struct Examination {
    token::Snapshot snapshot;
    report::Report report;
};

/// Carries out `plan`, which was made of `request`; or says why that cannot be done. With --from nothing is looked at,
/// nothing is asked of the network, and the moment of the snapshot is judged unless --at names another.
[[nodiscard]] std::optional<Refusal> examine(const CheckRequest& request, const CommonOptions& common, Plan plan,
                                             const Console& console, Examination& examination);

}  // namespace scca::cli
