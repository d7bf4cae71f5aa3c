// SPDX-License-Identifier: Apache-2.0
//
// The messages of the table as weighted symbols, and the pairs of symbols by which they are found.
#pragma once

#include "index.hpp"

#include <map>
#include <vector>

namespace scca::faq::compiler {

/// The postings of one feature while they are collected.
struct GramRow {
    std::vector<Posting> phrases, entries;
    double weight = 0;
};
using GramMap = std::map<std::uint32_t, GramRow>;

void add_phrases(const Faq& faq, IndexData& index, GramMap& grams);

/// The features by key, their postings appended to `postings`.
[[nodiscard]] GramData gram_data(const GramMap& grams, std::vector<Posting>& postings);

}  // namespace scca::faq::compiler
