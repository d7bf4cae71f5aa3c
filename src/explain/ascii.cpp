// SPDX-License-Identifier: Apache-2.0
#include "ascii.hpp"

namespace scca::explain {
namespace {

char lower(unsigned c) noexcept { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

/// A character of two or three bytes as ASCII.
char ascii_of(unsigned code) noexcept {
    if (code >= 0xFF01 && code <= 0xFF5E) return lower(code - 0xFF01 + 0x21);
    if (code == 0x2212 || code == 0x2010 || code == 0x2011 || code == 0x2013 || code == 0x2014) return '-';
    if (code == 0x3000 || code == 0x00A0 || (code >= 0x2000 && code <= 0x206F) || (code >= 0x3001 && code <= 0x303F))
        return ' ';
    return '\x01';
}

}  // namespace

AsciiView ascii_view(std::string_view text) {
    AsciiView view;
    view.characters.reserve(text.size());
    view.at.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t wanted = lead < 0xC0 ? 1 : (lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4));
        const std::size_t length = wanted <= text.size() - i ? wanted : 1;
        char character = lead < 0x80 ? lower(lead) : '\x01';
        const auto low = [&](std::size_t n) { return static_cast<unsigned char>(text[i + n]) & 0x3FU; };
        if (length == 2) character = ascii_of((lead & 0x1FU) << 6U | low(1));
        if (length == 3) character = ascii_of((lead & 0x0FU) << 12U | low(1) << 6U | low(2));
        view.characters.push_back(character);
        view.at.push_back(static_cast<std::uint32_t>(i));
        i += length;
    }
    view.at.push_back(static_cast<std::uint32_t>(text.size()));
    return view;
}

}  // namespace scca::explain
