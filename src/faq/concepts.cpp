// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/concepts.hpp"

#include "find_symbol.hpp"

#include <algorithm>
#include <array>

namespace scca::faq {
namespace {

/// 0 where there is none.
std::uint32_t child_of(const WordTrie& trie, std::uint32_t node, char16_t symbol) noexcept {
    const std::size_t first = trie.nodes[node].first_child;
    const auto children = trie.nodes.subspan(first, trie.nodes[node + 1].first_child - first);
    const WordTrie::Node* const child = find_symbol(children, symbol);
    return child == nullptr ? 0 : static_cast<std::uint32_t>(child - trie.nodes.data());
}

/// Between symbol i-1 and i a Latin word may begin or end.
bool is_boundary(std::span<const FoldedSymbol> text, std::size_t i) noexcept {
    return i == 0 || i == text.size() || text[i].after_gap || is_latin(text[i].symbol) != is_latin(text[i - 1].symbol);
}

bool stands_alone(std::span<const FoldedSymbol> text, std::size_t first, std::size_t end) noexcept {
    const bool latin_front = is_latin(text[first].symbol);
    const bool latin_back = is_latin(text[end - 1].symbol);
    return (!latin_front || is_boundary(text, first)) && (!latin_back || is_boundary(text, end));
}

/// The longest word of each kind that begins at `first`.
std::array<WordHit, 4> longest_at(const WordTrie& trie, std::span<const FoldedSymbol> text, std::size_t first) {
    std::array<WordHit, 4> longest{};
    std::uint32_t node = trie.starts[text[first].symbol];
    for (std::size_t end = first + 1; node != 0; ++end) {
        const std::uint16_t word = trie.nodes[node].word;
        node = end < text.size() ? child_of(trie, node, text[end].symbol) : 0;
        if (word == 0 || !stands_alone(text, first, end)) continue;
        const WordTrie::Word& here = trie.words[word];
        const auto at = static_cast<std::uint32_t>(first);
        const auto count = static_cast<std::uint32_t>(end - first);
        const auto number = [](std::uint16_t stored) { return static_cast<std::uint16_t>(stored - 1); };
        if (here.thing != 0) longest[0] = {WordKind::thing, number(here.thing), at, count};
        if (here.trouble != 0) longest[1] = {WordKind::trouble, number(here.trouble), at, count};
        if (here.foreign) longest[2] = {WordKind::foreign, 0, at, count};
        if (here.fine) longest[3] = {WordKind::fine, 0, at, count};
    }
    return longest;
}

/// 锁 in 锁死了 is no key and 钥匙 in 车钥匙 none of ours, but 改密码 names the PIN as well as what is wanted of it.
bool is_swallowed(const WordHit& inner, const WordHit& outer) noexcept {
    if (inner.kind == outer.kind || inner.count >= outer.count) return false;
    if (inner.first < outer.first || inner.first + inner.count > outer.first + outer.count) return false;
    return !(inner.kind == WordKind::thing && outer.kind == WordKind::trouble && inner.count > 1);
}

}  // namespace

std::vector<WordHit> find_words(const WordTrie& trie, std::span<const FoldedSymbol> text) {
    std::vector<WordHit> hits;
    std::array<std::size_t, 4> free_from{};  // per kind: words of one kind do not overlap
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto longest = longest_at(trie, text, i);
        for (std::size_t kind = 0; kind < 4; ++kind) {
            if (longest[kind].count == 0 || i < free_from[kind]) continue;
            hits.push_back(longest[kind]);
            free_from[kind] = i + longest[kind].count;
        }
    }
    // Words are short, so what contains a hit begins at most a few hits before it.
    constexpr std::size_t reach = 8;
    std::vector<WordHit> kept;
    kept.reserve(hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const std::size_t from = i < reach ? 0 : i - reach;
        const std::size_t to = std::min(hits.size(), i + reach);
        const bool inside = std::any_of(hits.begin() + static_cast<std::ptrdiff_t>(from),
                                        hits.begin() + static_cast<std::ptrdiff_t>(to),
                                        [&](const WordHit& outer) { return is_swallowed(hits[i], outer); });
        if (!inside) kept.push_back(hits[i]);
    }
    return kept;
}

}  // namespace scca::faq
