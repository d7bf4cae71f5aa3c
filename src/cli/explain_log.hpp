// SPDX-License-Identifier: Apache-2.0
//
// explain --log: known errors in log files of any size, counted.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

[[nodiscard]] ExitStatus run_explain_log(const std::vector<std::string>& paths, const CommonOptions& common,
                                         const Console& console);

}  // namespace scca::cli
