// SPDX-License-Identifier: Apache-2.0
//
// The part of the letter about the signatures of a document. Judges none of them.
#pragma once

#include "letter.hpp"

namespace scca::report {

/// Who signed when, with which seal, and part by part what holds.
void put_signatures(Letter& letter, const Report& report, const Style& style);

}  // namespace scca::report
