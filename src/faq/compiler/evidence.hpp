// SPDX-License-Identifier: Apache-2.0
//
// How strongly each feature, each word of people's own and each pair of thing and trouble speaks for each problem,
// counted in the table's own texts.
#pragma once

#include "phrases.hpp"

namespace scca::faq::compiler {

void add_evidence(const Faq& faq, IndexData& index, GramMap& grams);

}  // namespace scca::faq::compiler
