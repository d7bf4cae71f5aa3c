// SPDX-License-Identifier: Apache-2.0
//
// What was seen on the way to a key, in words: USB, its nodes, the smart card service, readers and cards; and of the
// computer's clock and network. The evidence's `reason` chooses the sentence; evidence without one that is known here
// gets none.
#pragma once

#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

namespace scca::report {

/// The sentence, with holes for the evidence; empty when there is nothing to say besides the outcome.
[[nodiscard]] faq::Text door_phrase(const Finding& finding);
/// What follows it: a rule that waits for the key to be plugged in.
[[nodiscard]] faq::Text door_addition(const Finding& finding);

}  // namespace scca::report
