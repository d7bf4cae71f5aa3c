// SPDX-License-Identifier: Apache-2.0
#include "index.hpp"

#include "evidence.hpp"
#include "phrases.hpp"

#include "scca/faq/asked.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace scca::faq::compiler {
namespace {

void index_codes(const Faq& faq, IndexData& index) {
    std::uint16_t position = 0;
    for (const CodeFamily& family : faq.families) {
        for (const Code& code : family.codes) {
            index.code_symbols.push_back({symbol_key(code.symbol), position});
            if (code.mask == 0xFFFFFFFF) {
                index.code_values.push_back({static_cast<std::uint32_t>(code.value), position});
            } else {
                index.code_patterns.push_back(position);
            }
            ++position;
        }
    }
    const auto by_key = [](const CodeRow& a, const CodeRow& b) {
        return a.key != b.key ? a.key < b.key : a.code < b.code;
    };
    std::sort(index.code_values.begin(), index.code_values.end(), by_key);
    std::sort(index.code_symbols.begin(), index.code_symbols.end(), by_key);
}

/// Only what is meant by a message's character counts; what the folding makes one already is no mistake.
void index_mistakes(const Faq& faq, IndexData& index) {
    const auto folded = [&](char32_t character) { return fold(index.fold.view(), character); };
    const std::set<char16_t> known(index.phrase_symbols.begin(), index.phrase_symbols.end());
    std::set<std::pair<char16_t, char16_t>> found;
    const auto add = [&](char32_t read, char32_t meant) {
        const auto [from, to] = std::pair(folded(read), folded(meant));
        if (from != 0 && from != to && known.contains(to)) found.emplace(from, to);
    };
    for (const CharacterRow& row : faq.misread) {
        for (const char32_t read : row.folded) add(read, row.kept);
    }
    for (const std::u32string& sound : faq.sounds) {
        for (const char32_t read : sound) {
            for (const char32_t meant : sound) add(read, meant);
        }
    }
    for (const auto& [read, meant] : found) index.mistakes.push_back({read, meant});
}

void index_keywords(const Faq& faq, IndexData& index) {
    std::uint16_t position = 0;
    for (const Problem& problem : faq.problems) {
        for (const Mention& keyword : problem.keywords) index.asked.push_back({asked(keyword.text).key, position});
        ++position;
    }
    const auto values = [](const AskedRow& row) { return std::pair(row.key, row.entry); };
    std::sort(index.asked.begin(), index.asked.end(),
              [&](const AskedRow& a, const AskedRow& b) { return values(a) < values(b); });
    const auto repeated = std::unique(index.asked.begin(), index.asked.end(),
                                      [&](const AskedRow& a, const AskedRow& b) { return values(a) == values(b); });
    index.asked.erase(repeated, index.asked.end());
}

}  // namespace

IndexData build_index(const Faq& faq, Complaints& complaints) {
    IndexData index;
    index.fold = fold_data(faq.characters);
    index.gb18030 = gb18030_data(complaints);
    index.trie = build_trie(faq, index.fold.view(), complaints);
    GramMap grams;
    add_phrases(faq, index, grams);
    add_evidence(faq, index, grams);
    index_mistakes(faq, index);
    index_codes(faq, index);
    index_keywords(faq, index);
    constexpr std::size_t most_grams = 0xFFFF;  // their numbers have 16 bits
    if (grams.size() > most_grams)
        complaints.push_back({Place{"questions.toml", 1}, "there is no room for so many different texts"});
    index.grams = gram_data(grams, index.postings);
    return index;
}

}  // namespace scca::faq::compiler
