// SPDX-License-Identifier: Apache-2.0
//
// The arrays of the search index that scca-faq-compiler writes, and nothing else. Seen only by src/faq/.
#pragma once

#include "scca/faq/index.hpp"

#include <cstddef>
#include <cstdint>

namespace scca::faq::tables {

extern const std::uint16_t fold_pages[];
extern const std::size_t fold_pages_size;
extern const std::uint16_t fold_shifts[];
extern const std::size_t fold_shifts_size;
extern const std::uint16_t fold_expansions[];
extern const std::size_t fold_expansions_size;
extern const std::uint16_t gb18030[];
extern const std::size_t gb18030_size;
extern const std::uint16_t trie_starts[];
extern const std::size_t trie_starts_size;
extern const WordTrie::Node trie_nodes[];
extern const std::size_t trie_nodes_size;
extern const WordTrie::Word trie_words[];
extern const std::size_t trie_words_size;
extern const Phrase phrases[];
extern const std::size_t phrases_size;
extern const char16_t phrase_symbols[];
extern const std::size_t phrase_symbols_size;
extern const std::uint8_t phrase_weights[];
extern const std::size_t phrase_weights_size;
extern const Posting postings[];
extern const std::size_t postings_size;
extern const std::uint16_t gram_starts[];  ///< by the upper half of a key: its first gram; the next one's ends them
extern const std::size_t gram_starts_size;
extern const Gram grams[];
extern const std::size_t grams_size;
extern const Concept things[];
extern const std::size_t things_size;
extern const Concept troubles[];
extern const std::size_t troubles_size;
extern const AskedRow asked[];  ///< by key, then entry
extern const std::size_t asked_size;
extern const CodeRow code_values[];  ///< by key, then code
extern const std::size_t code_values_size;
extern const CodeRow code_symbols[];  ///< by key, then code
extern const std::size_t code_symbols_size;
extern const std::uint16_t code_patterns[];
extern const std::size_t code_patterns_size;
extern const Mistake mistakes[];  ///< by key, then what was meant
extern const std::size_t mistakes_size;
extern const ConceptPair pairs[];
extern const std::size_t pairs_size;

}  // namespace scca::faq::tables
