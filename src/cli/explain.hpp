// SPDX-License-Identifier: Apache-2.0
//
// explain: a pasted text, or an entry of the table, told.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

[[nodiscard]] ExitStatus run_explain(const ExplainRequest& request, const CommonOptions& common,
                                     const Console& console);

/// In the wanted format, masked unless a person reads it; `findings` when nothing is known.
[[nodiscard]] ExitStatus tell_explanation(explain::Explanation explanation, const CommonOptions& common,
                                          const Console& console);

}  // namespace scca::cli
