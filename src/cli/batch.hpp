// SPDX-License-Identifier: Apache-2.0
//
// check-cert and check-seal on files: a stream of paths in, a stream of rows out in the same order, judged side by
// side. Each file is its own small Snapshot and Report, rendered and forgotten; one bad file never stops the rest.
#pragma once

#include "check_plan.hpp"

namespace scca::cli {

/// `plan` as for a key. A single path that does not exist or is nothing we know ends with 66 or 65.
[[nodiscard]] ExitStatus run_batch(const CheckRequest& request, const CommonOptions& common, const Console& console,
                                   const Plan& plan);

}  // namespace scca::cli
