// SPDX-License-Identifier: Apache-2.0
//
// What a finding saw, in a short phrase: the sentence is from the table, its holes are filled from the evidence.
#pragma once

#include "scca/report/render.hpp"

#include <string>

namespace scca::report {

/// The phrase for this finding; empty when its title says it all.
[[nodiscard]] std::string detail_of(const Finding& finding, faq::Lang lang);

/// The Beijing day on which something ends, or that it never does.
[[nodiscard]] std::string end_text(Moment end, faq::Lang lang);

}  // namespace scca::report
