// SPDX-License-Identifier: Apache-2.0
//
// explain: a pasted text, or an entry of the table, told.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

/// With a report of this machine each cause is told with what that says to it (--check).
[[nodiscard]] ExitStatus run_explain(const ExplainRequest& request, const CommonOptions& common, const Console& console,
                                     const report::Report* here = nullptr);

/// In the wanted format, masked unless a person reads it; `findings` when nothing is known.
[[nodiscard]] ExitStatus tell_explanation(explain::Explanation explanation, const CommonOptions& common,
                                          const Console& console, const report::Report* here = nullptr);

}  // namespace scca::cli
