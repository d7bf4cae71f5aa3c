// SPDX-License-Identifier: Apache-2.0
//
// Builds what include/scca/faq/index.hpp describes from the table's texts and people's words.
#pragma once

#include "characters.hpp"
#include "model.hpp"
#include "scca/faq/index.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace scca::faq::compiler {

struct TrieData {
    std::vector<std::uint16_t> starts;
    std::vector<WordTrie::Node> nodes;
    std::vector<WordTrie::Word> words;

    [[nodiscard]] WordTrie view() const { return {starts, nodes, words}; }
};

/// The grams by key (src/faq/index_tables.hpp).
struct GramData {
    std::vector<std::uint16_t> starts;
    std::vector<Gram> grams;
};

struct IndexData {
    FoldData fold;
    std::vector<std::uint16_t> gb18030;
    TrieData trie;
    std::vector<Phrase> phrases;
    std::vector<char16_t> phrase_symbols;
    std::vector<std::uint8_t> phrase_weights;
    std::vector<Posting> postings;
    GramData grams;
    std::vector<Concept> things, troubles;
    std::vector<ConceptPair> pairs;  ///< by key
    std::vector<Mistake> mistakes;   ///< by key, then what was meant
    std::vector<AskedRow> asked;     ///< by key, then entry
    std::vector<CodeRow> code_values, code_symbols;
    std::vector<std::uint16_t> code_patterns;
};

[[nodiscard]] IndexData build_index(const Faq& faq, Complaints& complaints);

/// Complains about a word in two lists of one kind, and words that fold to nothing.
[[nodiscard]] TrieData build_trie(const Faq& faq, const FoldTable& fold, Complaints& complaints);

/// Definitions of what src/faq/index_tables.hpp declares.
[[nodiscard]] std::string index_source(const IndexData& index);

}  // namespace scca::faq::compiler
