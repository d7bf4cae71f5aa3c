// SPDX-License-Identifier: Apache-2.0
//
// White space as it comes into a certificate's text on its way through chat programs, web pages and word processors.
// Knows no letters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::pki {

/// Of the characters beyond ASCII: no-break, full-width and other spaces, the end of a line in Latin-1, and marks that
/// have no width at all, as the soft hyphen.
[[nodiscard]] constexpr bool is_wide_space(std::uint32_t code) noexcept {
    return code == 0xA0 || code == 0xAD || code == 0x85 || (code >= 0x2000 && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202F) || code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

/// Octets of the white space that stands here in UTF-8, NUL among it; 0 where there is none.
[[nodiscard]] constexpr std::size_t white_space_at(std::string_view text, std::size_t at) noexcept {
    const auto octet = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : std::uint8_t{0xFF};
    };
    const std::uint32_t first = octet(0);
    if (first == ' ' || first == '\n' || first == '\r' || first == '\t' || first == 0) return 1;
    if (first == 0xC2) return is_wide_space(octet(1)) ? 2 : 0;  // a code below U+00C0 is its second octet
    if ((first & 0xF0U) != 0xE0 || (octet(1) & 0xC0U) != 0x80 || (octet(2) & 0xC0U) != 0x80) return 0;
    return is_wide_space((first & 0x0FU) << 12U | (octet(1) & 0x3FU) << 6U | (octet(2) & 0x3FU)) ? 3 : 0;
}

/// Behind the white space that begins here, if any does.
[[nodiscard]] constexpr std::size_t behind_white_space(std::string_view text, std::size_t at) noexcept {
    for (std::size_t width = white_space_at(text, at); width > 0; width = white_space_at(text, at)) at += width;
    return at;
}

}  // namespace scca::pki
