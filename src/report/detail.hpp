// SPDX-License-Identifier: Apache-2.0
//
// What a finding saw, in a short phrase: the sentence is from the table, its holes are filled from the evidence.
#pragma once

#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

#include <string>
#include <string_view>

namespace scca::report {

/// The template with each `{key}` replaced by that field; UTC moments become Beijing days, a missing field "?".
[[nodiscard]] std::string fill(std::string_view text, const Fields& fields, faq::Lang lang);

/// The phrase for this finding; empty when its title says it all.
[[nodiscard]] std::string detail_of(const Finding& finding, faq::Lang lang);

}  // namespace scca::report
