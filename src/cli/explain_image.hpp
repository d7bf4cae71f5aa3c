// SPDX-License-Identifier: Apache-2.0
//
// explain --image: the text in a picture of a screen, read by an installed tesseract, explained.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

[[nodiscard]] ExitStatus run_explain_image(const std::string& path, const CommonOptions& common, const Console& console,
                                           const report::Report* here);

}  // namespace scca::cli
