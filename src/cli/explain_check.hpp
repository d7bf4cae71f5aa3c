// SPDX-License-Identifier: Apache-2.0
//
// explain --check: the check of this machine first, then the text, each cause with what the check says to it.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

[[nodiscard]] ExitStatus run_explain_check(const ExplainRequest& request, const CommonOptions& common,
                                           const Console& console);

}  // namespace scca::cli
