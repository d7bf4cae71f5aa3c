// SPDX-License-Identifier: Apache-2.0
//
// --picture: the picture of the first seal in a report, as a file.
#pragma once

#include "console.hpp"

#include "scca/report/report.hpp"

#include <string>

namespace scca::cli {

/// `status` when it was written or `path` is empty; else why not, told on standard error.
[[nodiscard]] ExitStatus save_picture(const report::Report& report, const std::string& path, const Console& console,
                                      ExitStatus status);

}  // namespace scca::cli
