// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 text on its way to a person: made valid, made harmless for a terminal, measured and wrapped by display width
// (a Chinese character fills two columns). Texts that come from certificates, modules or a paste are not trusted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca {

/// The same text with every byte that is no part of valid UTF-8 spelt out as \xFF, so that names stay apart.
[[nodiscard]] std::string valid_utf8(std::string_view text);
/// One such byte at the end of a text.
void append_octet(std::string& text, char octet);
/// A code that is no visible character, spelt out as \u{202E}, at the end of a text.
void append_code(std::string& text, std::uint32_t code);
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// Valid UTF-8 in which control, bidi and other invisible formatting characters are spelt out as \u{…}, so that
/// no name can colour, move or reverse what the terminal shows. Line feeds too: a value stays on its line. Bytes that
/// are no part of valid UTF-8 become \xFF.
[[nodiscard]] std::string harmless(std::string_view text);
/// The same at the end of a text.
void append_harmless(std::string& safe, std::string_view text);

/// Columns of a terminal that the text fills; control characters fill none.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text followed by spaces up to `width` columns; unchanged when it is wider.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);

/// Lines of at most `width` columns (at least 2). Breaks at spaces and between Chinese characters, keeps closing
/// punctuation off the start of a line, and cuts a longer word where it must.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace scca
