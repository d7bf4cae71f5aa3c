// SPDX-License-Identifier: Apache-2.0
//
// Text as it comes, folded to what it says: NFKC, lower case, traditional to simplified, look-alikes made one, spaces
// and punctuation left out. For matching only; nothing folded is ever shown. The compiler folds the table with the
// same code at build time, so the table of characters is a parameter.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scca::faq {

/// How each character of the Basic Multilingual Plane folds; the others separate. 64 characters a page.
struct FoldTable {
    std::span<const std::uint16_t> page_of;     ///< 1024 numbers of pages
    std::span<const std::uint16_t> shift;       ///< folded minus original, modulo 2^16; folding to 0 leaves it out
    std::span<const std::uint16_t> expansions;  ///< four symbols each, 0 after the last
};

/// Folded characters from here on stand for a row of `expansions` (a private-use area, so no character is lost).
inline constexpr std::uint16_t first_expansion = 0xE000;
inline constexpr std::uint16_t last_expansion = 0xF8FF;

struct FoldedSymbol {
    char16_t symbol = 0;
    bool after_gap = false;  ///< something was left out before it
    std::uint32_t at = 0;    ///< byte offset of its character in the text
};

using Folded = std::vector<FoldedSymbol>;

/// Folds valid or broken UTF-8 (a broken byte separates). Linear; texts of 4 GiB and more are cut there.
void fold(const FoldTable& table, std::string_view text, Folded& out);

/// What one character folds to; 0 when it separates or becomes several symbols.
[[nodiscard]] char16_t fold(const FoldTable& table, char32_t character) noexcept;

/// Bytes of the character at `at`: 1 to 4, never past the end.
[[nodiscard]] std::uint32_t character_length(std::string_view text, std::uint32_t at) noexcept;

[[nodiscard]] constexpr bool is_latin(char16_t symbol) noexcept { return symbol < 0x2E80; }

}  // namespace scca::faq
