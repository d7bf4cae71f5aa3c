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

/// A trie over folded words, its edges in a hash table: probing starts at hash(node, symbol).
struct WordTrie {
    struct Edge {
        std::uint32_t key = 0;    ///< node << 16 | symbol; 0 is a free place
        std::uint32_t child = 0;  ///< never 0
    };
    struct Node {
        std::uint16_t thing = 0, trouble = 0;  ///< concept number plus 1 of the word that ends here
        bool foreign = false, fine = false;
    };
    std::span<const Edge> edges;  ///< a power of two of them
    std::span<const Node> nodes;
};

/// Where probing for an edge starts.
[[nodiscard]] constexpr std::uint32_t edge_hash(std::uint32_t node, char16_t symbol) noexcept {
    return ((node << 16U | symbol) * 0x9E3779B1U) >> 7U;
}

struct WordHit {
    WordKind kind = WordKind::thing;
    std::uint16_t concept_number = 0;    ///< of its kind; 0 for foreign and fine
    std::uint32_t first = 0, count = 0;  ///< symbols
};

/// The longest words, kind by kind. A word inside a longer one of another kind does not count (锁 in 锁死了, 钥匙 in
/// 车钥匙), a Latin word only between word boundaries. In order of appearance.
[[nodiscard]] std::vector<WordHit> find_words(const WordTrie& trie, std::span<const FoldedSymbol> text);

}  // namespace scca::faq
