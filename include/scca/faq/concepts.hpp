// SPDX-License-Identifier: Apache-2.0
//
// The people's words of faq/synonyms.toml, found in a folded text: things, what is wrong with them, foreign things
// that outweigh both, and words for what went well. The compiler finds them in the table with the same code at build
// time.
#pragma once

#include "scca/faq/normalise.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace scca::faq {

enum class WordKind : std::uint8_t { thing, trouble, foreign, fine };

/// A trie over folded words, breadth first: the children of a node stand side by side, in the order of their symbols,
/// and right behind them those of the next node. A text is looked through in few places of memory.
struct WordTrie {
    struct Node {
        char16_t symbol = 0;            ///< what leads to it
        std::uint16_t first_child = 0;  ///< its children end where the next node's begin
        std::uint16_t word = 0;         ///< of `words`; 0 where none ends
    };
    struct Word {
        std::uint16_t thing = 0, trouble = 0;  ///< concept number plus 1
        bool foreign = false, fine = false;
    };
    std::span<const std::uint16_t> starts;  ///< the node of each symbol that a word begins with, else 0
    std::span<const Node> nodes;            ///< the root first, and one more behind the last
    std::span<const Word> words;            ///< what may end at a node, each once
};

struct WordHit {
    WordKind kind = WordKind::thing;
    std::uint16_t concept_number = 0;    ///< of its kind; 0 for foreign and fine
    std::uint32_t first = 0, count = 0;  ///< symbols
};

/// The longest words, kind by kind. A word inside a longer one of another kind does not count (锁 in 锁死了, 钥匙 in
/// 车钥匙), a Latin word only between word boundaries. In order of appearance.
[[nodiscard]] std::vector<WordHit> find_words(const WordTrie& trie, std::span<const FoldedSymbol> text);

}  // namespace scca::faq
