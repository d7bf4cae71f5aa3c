// SPDX-License-Identifier: Apache-2.0
//
// What stands against a driver, in words: its file, its loading, its answers; and what the system says of any file.
// What a driver or the loader said itself is evidence and no sentence.
#pragma once

#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

namespace scca::report {

/// The sentence for a file that cannot be a driver here; empty when the evidence gives no reason that is known.
[[nodiscard]] faq::Text driver_file_phrase(const Finding& finding);

/// The sentence for an answer that cannot be right, or for a function that is not there; empty without a call.
[[nodiscard]] faq::Text driver_answer_phrase(const Finding& finding);

}  // namespace scca::report
