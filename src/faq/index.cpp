// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/index.hpp"

#include "find_symbol.hpp"
#include "index_tables.hpp"

#include <algorithm>

namespace scca::faq {

namespace {

template <class Row, class Key>
std::span<const Row> rows_with(Key key, std::span<const Row> table) noexcept {
    const auto before = [](const Row& row, Key wanted) { return row.key < wanted; };
    const auto first = std::lower_bound(table.begin(), table.end(), key, before);
    auto last = first;
    while (last != table.end() && last->key == key) ++last;
    return {first, last};
}

}  // namespace

const FoldTable& fold_table() noexcept {
    static const FoldTable table{{tables::fold_pages, tables::fold_pages_size},
                                 {tables::fold_shifts, tables::fold_shifts_size},
                                 {tables::fold_expansions, tables::fold_expansions_size}};
    return table;
}

const WordTrie& word_trie() noexcept {
    static const WordTrie trie{{tables::trie_starts, tables::trie_starts_size},
                               {tables::trie_nodes, tables::trie_nodes_size},
                               {tables::trie_words, tables::trie_words_size}};
    return trie;
}

std::span<const Phrase> phrases() noexcept { return {tables::phrases, tables::phrases_size}; }
std::span<const char16_t> phrase_symbols() noexcept { return {tables::phrase_symbols, tables::phrase_symbols_size}; }
std::span<const std::uint8_t> phrase_weights() noexcept {
    return {tables::phrase_weights, tables::phrase_weights_size};
}
std::span<const Posting> postings() noexcept { return {tables::postings, tables::postings_size}; }

std::span<const Gram> grams() noexcept { return {tables::grams, tables::grams_size}; }

const Gram* find_gram(std::uint32_t key) noexcept {
    const std::uint16_t* const start = tables::gram_starts + (key >> 16U);
    const std::span<const Gram> with_this_start{tables::grams + start[0], tables::grams + start[1]};
    return find_symbol(with_this_start, static_cast<char16_t>(key & 0xFFFFU));
}

const Concept& thing(std::uint16_t number) noexcept { return tables::things[number]; }
const Concept& trouble(std::uint16_t number) noexcept { return tables::troubles[number]; }

const ConceptPair* find_pair(std::uint16_t thing, std::uint16_t trouble) noexcept {
    const std::uint32_t key = static_cast<std::uint32_t>(thing) << 16U | trouble;
    const std::span<const ConceptPair> pairs{tables::pairs, tables::pairs_size};
    const auto found =
        std::lower_bound(pairs.begin(), pairs.end(), key,
                         [](const ConceptPair& pair, std::uint32_t wanted) { return pair.key < wanted; });
    return found != pairs.end() && found->key == key ? &*found : nullptr;
}

std::span<const CodeRow> codes_with_value(std::uint32_t value) noexcept {
    return rows_with(value, std::span(tables::code_values, tables::code_values_size));
}

std::span<const CodeRow> codes_with_symbol(std::string_view symbol) noexcept {
    return rows_with(symbol_key(symbol), std::span(tables::code_symbols, tables::code_symbols_size));
}

std::span<const AskedRow> asked_rows(std::uint64_t key) noexcept {
    return rows_with(key, std::span(tables::asked, tables::asked_size));
}

std::span<const Mistake> mistakes_for(char16_t symbol) noexcept {
    return rows_with(symbol, std::span(tables::mistakes, tables::mistakes_size));
}

std::span<const std::uint16_t> pattern_codes() noexcept { return {tables::code_patterns, tables::code_patterns_size}; }

std::span<const std::uint16_t> gb18030_table() noexcept { return {tables::gb18030, tables::gb18030_size}; }

}  // namespace scca::faq
