// SPDX-License-Identifier: Apache-2.0
#include "decode.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/index.hpp"

#include <algorithm>

namespace scca::explain {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

struct Unit {
    std::uint32_t character;
    std::size_t length;
};

unsigned byte_at(std::string_view bytes, std::size_t at) noexcept { return static_cast<unsigned char>(bytes[at]); }

/// One character of GB 18030. Its four-byte part (rare characters of other scripts) is read as U+FFFD.
Unit gb18030_at(std::string_view bytes, std::size_t at) noexcept {
    const unsigned lead = byte_at(bytes, at);
    if (lead < 0x80) return {lead, 1};
    if (lead == 0x80 || lead == 0xFF || at + 1 >= bytes.size()) return {replacement, 1};
    const unsigned trail = byte_at(bytes, at + 1);
    if (trail >= 0x30 && trail <= 0x39 && at + 3 < bytes.size()) return {replacement, 4};
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return {replacement, 1};
    const std::uint32_t character = faq::gb18030_table()[(lead - 0x81) * 191 + (trail - 0x40)];
    return {character == 0 ? replacement : character, 2};
}

/// Bytes that neither encoding can explain, up to a few thousand bytes of text.
std::size_t gb18030_faults(std::string_view bytes) {
    std::size_t faults = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const Unit unit = gb18030_at(bytes, i);
        if (unit.character == replacement) ++faults;
        i += unit.length;
    }
    return faults;
}

std::size_t utf8_faults(std::string_view bytes) {
    std::size_t faults = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const unsigned lead = byte_at(bytes, i);
        const std::size_t length = lead < 0x80 ? 1 : (lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2));
        if (lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4 && is_valid_utf8(bytes.substr(i, length)))) {
            i += length;
        } else {
            ++faults;
            ++i;
        }
    }
    return faults;
}

}  // namespace

Decoded::Decoded(std::string_view bytes) : bytes_(bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        convert_utf16(bytes.front() == '\xFF');
        return;
    }
    if (is_valid_utf8(bytes)) return;
    // A cut or mixed text is broken in every reading: the one with fewer faults wins.
    constexpr std::size_t sample = 1 << 16;
    const std::string_view head = bytes.substr(0, sample);
    if (gb18030_faults(head) < utf8_faults(head)) convert_gb18030();
}

void Decoded::append(std::uint32_t character, std::size_t from) {
    if (characters_++ % 64 == 0) {
        at_.push_back(static_cast<std::uint32_t>(storage_.size()));
        from_.push_back(static_cast<std::uint32_t>(from));
    }
    const auto put = [&](std::uint32_t byte) { storage_.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | character >> 6U);
        put(0x80 | (character & 0x3FU));
    } else if (character < 0x10000) {
        put(0xE0 | character >> 12U);
        put(0x80 | (character >> 6U & 0x3FU));
        put(0x80 | (character & 0x3FU));
    } else {
        put(0xF0 | character >> 18U);
        put(0x80 | (character >> 12U & 0x3FU));
        put(0x80 | (character >> 6U & 0x3FU));
        put(0x80 | (character & 0x3FU));
    }
}

void Decoded::convert_gb18030() {
    converted_ = gb18030_ = true;
    storage_.reserve(bytes_.size() + bytes_.size() / 2);
    for (std::size_t i = 0; i < bytes_.size();) {
        const Unit unit = gb18030_at(bytes_, i);
        append(unit.character, i);
        i += unit.length;
    }
}

void Decoded::convert_utf16(bool little_endian) {
    converted_ = true;
    const auto unit_at = [&](std::size_t i) {
        const unsigned first = byte_at(bytes_, i);
        const unsigned second = byte_at(bytes_, i + 1);
        return little_endian ? first | second << 8U : second | first << 8U;
    };
    for (std::size_t i = 2; i + 1 < bytes_.size(); i += 2) {
        const std::uint32_t unit = unit_at(i);
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes_.size()) {
            const std::uint32_t low = unit_at(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                append(0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00), i);
                i += 2;
                continue;
            }
        }
        append(unit >= 0xD800 && unit < 0xE000 ? replacement : unit, i);
    }
}

std::size_t Decoded::original(std::size_t at) const {
    if (!converted_ || at_.empty()) return at;
    const auto mark = std::upper_bound(at_.begin(), at_.end(), at) - at_.begin() - 1;
    std::size_t here = at_[static_cast<std::size_t>(mark)];
    std::size_t from = from_[static_cast<std::size_t>(mark)];
    while (here < at && from < bytes_.size()) {
        const std::uint32_t length = faq::character_length(storage_, static_cast<std::uint32_t>(here));
        here += length;
        from += gb18030_ ? gb18030_at(bytes_, from).length : (length == 4 ? 4U : 2U);
    }
    return from;
}

}  // namespace scca::explain
