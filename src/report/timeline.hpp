// SPDX-License-Identifier: Apache-2.0
//
// The validity of certificates and seals as a drawing: inline SVG, one bar each, and a line at the moment that was
// judged.
#pragma once

#include "scca/report/render.hpp"

#include <string>

namespace scca::report {

/// Empty when nothing in the report has a validity.
[[nodiscard]] std::string timeline_svg(const Report& report, faq::Lang lang);

}  // namespace scca::report
