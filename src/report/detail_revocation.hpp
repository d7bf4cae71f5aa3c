// SPDX-License-Identifier: Apache-2.0
//
// What is known of a certificate's revocation, in a sentence. Fills no holes.
#pragma once

#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

namespace scca::report {

/// When and why it was taken back, or why nobody can tell. Empty when it was not.
[[nodiscard]] faq::Text revocation_phrase(const Finding& finding);

/// What is told behind it: that it is a CA above which nobody can tell of.
[[nodiscard]] faq::Text revocation_addition(const Finding& finding);

}  // namespace scca::report
