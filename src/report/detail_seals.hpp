// SPDX-License-Identifier: Apache-2.0
//
// What was found in a seal or a document, in a sentence.
#pragma once

#include "scca/report/report.hpp"

#include "scca/faq/table.hpp"

#include <string>

namespace scca::report {

/// Empty when this is not about a seal, a document or a file that holds neither, or there is nothing to say but the
/// problem's title.
[[nodiscard]] std::string seal_detail_of(const Finding& finding, faq::Lang lang);

}  // namespace scca::report
