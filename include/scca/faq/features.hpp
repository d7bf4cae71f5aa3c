// SPDX-License-Identifier: Apache-2.0
//
// What of a folded text is looked up in the index: pairs of neighbouring characters, single characters, and whole Latin
// words. One source for the compiler, which counts them, and for explain, which looks them up.
#pragma once

#include "scca/faq/normalise.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace scca::faq {

[[nodiscard]] constexpr std::uint32_t pair_key(char16_t first, char16_t second) noexcept {
    return static_cast<std::uint32_t>(first) << 16U | second;
}
[[nodiscard]] constexpr std::uint32_t single_key(char16_t symbol) noexcept { return pair_key(symbol, 0); }

/// A Latin word, without a plural s, as a key that no pair of characters has (U+2000-2DFF are never folded to).
[[nodiscard]] constexpr std::uint32_t word_key(std::span<const FoldedSymbol> word) noexcept {
    if (word.size() > 3 && word.back().symbol == u's') word = word.first(word.size() - 1);
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const FoldedSymbol& symbol : word) hash = (hash ^ symbol.symbol) * 16777619U;
    return 0x20000000U | ((hash ^ hash >> 28U) & 0x0DFFFFFFU);
}

/// One past the Latin word that begins at `first`.
[[nodiscard]] constexpr std::size_t word_end(std::span<const FoldedSymbol> text, std::size_t first) noexcept {
    std::size_t end = first + 1;
    while (end < text.size() && is_latin(text[end].symbol) && !text[end].after_gap) ++end;
    return end;
}

/// Calls `visit(key, first, count)` for every feature. Pairs of Chinese characters across a gap are features too.
template <class Visitor>
constexpr void each_feature(std::span<const FoldedSymbol> text, Visitor visit) {
    for (std::size_t i = 0; i < text.size();) {
        if (is_latin(text[i].symbol)) {
            const std::size_t end = word_end(text, i);
            visit(word_key(text.subspan(i, end - i)), i, end - i);
            i = end;
            continue;
        }
        visit(single_key(text[i].symbol), i, std::size_t{1});
        if (i + 1 < text.size() && !is_latin(text[i + 1].symbol)) {
            visit(pair_key(text[i].symbol, text[i + 1].symbol), i, std::size_t{2});
        }
        ++i;
    }
}

}  // namespace scca::faq
