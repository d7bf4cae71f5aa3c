// SPDX-License-Identifier: Apache-2.0
//
// What the parts of redaction share: character classes, and numbers as people write them. Masks nothing itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scca::redaction {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_upper(c) || (c >= 'a' && c <= 'z'); }
constexpr bool is_alnum(char c) noexcept { return is_digit(c) || is_letter(c); }
constexpr bool is_hex(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// `text` begins with `prefix`, whatever the case of its ASCII letters.
[[nodiscard]] bool starts_like(std::string_view text, std::string_view prefix) noexcept;

/// A match that begins or ends inside a run of letters, or of digits, is a piece of another word.
[[nodiscard]] bool stands_alone(std::string_view text, std::size_t at, std::size_t length) noexcept;

/// A personal number in a text: `digits` are its own characters, without separators and country code.
struct Number {
    std::size_t skip = 0;    ///< octets before it that stay (the SF0 of the certificate tools)
    std::size_t length = 0;  ///< octets that it takes
    std::string digits;
};

/// With one of these each number begins: digits, "+86", "SF0", a credit code's first letter, and the first octet of a
/// character in full width.
inline constexpr std::string_view number_beginnings = "0123456789+SsANY\xEF";

/// The personal number that begins at `at`: identity number (also behind "SF0", in groups of 6, 8 and 4, in full-width
/// digits), social credit code, mobile number (+86, 0086, groups of 3, 4 and 4) or landline with its area code.
[[nodiscard]] std::optional<Number> find_personal_number(std::string_view text, std::size_t at);

}  // namespace scca::redaction
