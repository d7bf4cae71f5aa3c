// SPDX-License-Identifier: Apache-2.0
//
// How messages and codes of the table are written in logs, byte by byte: encodings, traditional characters, spaces
// between characters, hexadecimal and decimal.
#pragma once

#include "scca/faq/table.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

class MessageSpeller {
public:
    using Visitor = std::function<void(std::string_view text, unsigned weight)>;

    MessageSpeller();

    /// Calls `visit` with pieces of the message as bytes. Holes are left out.
    void spell(std::string_view message, const Visitor& visit) const;

private:
    void spell_piece(const std::vector<char16_t>& piece, const Visitor& visit) const;
    void spell_variants(std::array<char16_t, 3> characters, const Visitor& visit) const;
    [[nodiscard]] std::string in_gb18030(const std::vector<char16_t>& piece) const;

    std::vector<std::vector<char16_t>> variants_;  ///< by folded character: those that fold to it
    std::vector<char16_t> folded_;                 ///< by character
    std::vector<std::uint16_t> gb18030_;           ///< by character: its two bytes; 0 for none
};

/// Single words: the symbol, and the value where it is long enough to be told from other numbers.
[[nodiscard]] std::vector<std::string> code_words(const faq::Code& code);
/// Short values with the words that announce them, or as much of those as log_tables::window_length allows.
[[nodiscard]] std::vector<std::string> code_windows(const faq::Code& code);

}  // namespace scca::explain
