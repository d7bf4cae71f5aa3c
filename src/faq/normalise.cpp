// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/normalise.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace scca::faq {
namespace {

struct Character {
    std::int32_t code;     ///< negative where the bytes are none
    std::uint32_t length;  ///< at least 1
};

Character character_at(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t n) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + n]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {static_cast<std::int32_t>(lead), 1};
    // What Chinese is written in, without a call: U+1000 to U+CFFF. U+0800 and the surrogates are left to the library.
    if (lead >= 0xE1 && lead <= 0xEC && text.size() - at >= 3) {
        const std::uint32_t second = byte(1);
        const std::uint32_t third = byte(2);
        if ((second & 0xC0U) == 0x80 && (third & 0xC0U) == 0x80) {
            return {static_cast<std::int32_t>((lead & 0xFU) << 12U | (second & 0x3FU) << 6U | (third & 0x3FU)), 3};
        }
    }
    std::int32_t code = -1;
    const auto used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                         static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size() - at, 4)), &code);
    if (used <= 0) return {-1, 1};
    return {code, static_cast<std::uint32_t>(used)};
}

std::uint16_t folded(const FoldTable& table, std::int32_t code) noexcept {
    if (code < 0 || code > 0xFFFF) return 0;
    const auto unit = static_cast<std::uint16_t>(code);
    const std::size_t page = table.page_of[unit >> 6];
    return static_cast<std::uint16_t>(unit + table.shift[page * 64 + (unit & 63U)]);
}

}  // namespace

void fold(const FoldTable& table, std::string_view text, Folded& out) {
    text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
    out.clear();
    out.reserve(std::min<std::size_t>(text.size(), text.size() / 2 + 64));
    bool gap = true;
    for (std::size_t i = 0; i < text.size();) {
        const Character character = character_at(text, i);
        const auto at = static_cast<std::uint32_t>(i);
        i += character.length;
        const std::uint16_t symbol = folded(table, character.code);
        if (symbol == 0) {
            gap = true;
            continue;
        }
        if (symbol < first_expansion || symbol > last_expansion) {
            out.push_back({static_cast<char16_t>(symbol), gap, at});
            gap = false;
            continue;
        }
        for (std::size_t n = 0; n < 4; ++n) {
            const std::uint16_t part = table.expansions[static_cast<std::size_t>(symbol - first_expansion) * 4 + n];
            if (part == 0) break;
            out.push_back({static_cast<char16_t>(part), gap, at});
            gap = false;
        }
    }
}

char16_t fold(const FoldTable& table, char32_t character) noexcept {
    const std::uint16_t symbol = folded(table, static_cast<std::int32_t>(character));
    return symbol >= first_expansion && symbol <= last_expansion ? char16_t{0} : static_cast<char16_t>(symbol);
}

std::uint32_t character_length(std::string_view text, std::uint32_t at) noexcept {
    return at < text.size() ? character_at(text, at).length : 0;
}

}  // namespace scca::faq
