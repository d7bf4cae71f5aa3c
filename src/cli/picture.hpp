// SPDX-License-Identifier: Apache-2.0
//
// --picture: the pictures of the seals in a report, each as a new file. Never writes over one that is there.
#pragma once

#include "console.hpp"

#include "scca/report/report.hpp"

#include <cstddef>
#include <string>

namespace scca::cli {

/// "seal.png" and 2: "seal-2.png".
[[nodiscard]] std::string numbered(const std::string& path, std::size_t number);

/// The first picture at `path`, the others numbered from 2. `healthy` when all were written or `path` is empty; else
/// why not, told on standard error: 73, or 65 when there is no picture and there `must_be_one`.
[[nodiscard]] ExitStatus save_pictures(const report::Report& report, const std::string& path, bool must_be_one,
                                       const Console& console);

}  // namespace scca::cli
