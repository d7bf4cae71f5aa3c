// SPDX-License-Identifier: Apache-2.0
#include "scca/core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace scca {
namespace {

struct Character {
    utf8proc_int32_t code;  ///< negative where the bytes are no character
    std::size_t length;     ///< bytes taken, at least 1
};

Character first_character(std::string_view text) noexcept {
    utf8proc_int32_t code = -1;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (used <= 0) return {-1, 1};
    return {code, static_cast<std::size_t>(used)};
}

/// Cc, Cf (bidi marks, zero-width joiners), Zl, Zp, surrogates, private use and unassigned: nothing a name needs.
bool is_invisible(utf8proc_int32_t code) noexcept {
    switch (utf8proc_category(code)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP: return true;
        default: return false;
    }
}

std::size_t width_of(utf8proc_int32_t code) noexcept {
    const int width = code < 0 ? 1 : utf8proc_charwidth(code);
    return width > 0 ? static_cast<std::size_t>(width) : 0;
}

/// Characters that Chinese typesetting keeps off the start of a line (GB/T 15834 section 5.1.10: closing marks and
/// stops).
bool clings_to_previous(std::string_view character) noexcept {
    constexpr std::array<std::string_view, 20> marks{"，", "。", "、", "；", "：", "？", "！", "）", "》", "”",
                                                     "’",  "】", "」", "』", "…",  ",",  ".",  ")",  ":",  ";"};
    for (const auto mark : marks) {
        if (character == mark) return true;
    }
    return false;
}

/// And off the end of a line: opening marks.
bool clings_to_next(std::string_view character) noexcept {
    constexpr std::array<std::string_view, 8> marks{"（", "《", "“", "‘", "【", "「", "『", "("};
    for (const auto mark : marks) {
        if (character == mark) return true;
    }
    return false;
}

bool is_wide(std::string_view piece) { return display_width(piece) == 2 && first_character(piece).length >= 3; }

/// The next unbreakable piece: one wide character or a run of narrow ones up to a space, with the opening marks before
/// and the closing marks after it.
std::string_view next_piece(std::string_view text) {
    std::size_t end = first_character(text).length;
    if (text.front() == ' ') return text.substr(0, end);
    if (clings_to_next(text.substr(0, end)) && end < text.size() && text[end] != ' ') {
        return text.substr(0, end + next_piece(text.substr(end)).size());
    }
    const auto next = [&] { return text.substr(end, first_character(text.substr(end)).length); };
    if (!is_wide(text.substr(0, end))) {
        // A Chinese opening mark, though narrow, begins a piece of its own: it goes with what it opens.
        const auto opens = [&] { return next().size() > 1 && clings_to_next(next()); };
        while (end < text.size() && text[end] != ' ' && !is_wide(next()) && !opens()) end += next().size();
    }
    while (end < text.size() && clings_to_previous(next())) end += next().size();
    return text.substr(0, end);
}

/// The longest start of `piece` that fits in `width` columns, at least one character.
std::string_view cut_to(std::string_view piece, std::size_t width) {
    std::size_t end = 0;
    std::size_t used = 0;
    while (end < piece.size()) {
        const Character character = first_character(piece.substr(end));
        used += width_of(character.code);
        if (used > width && end > 0) break;
        end += character.length;
    }
    return piece.substr(0, end);
}

/// How far the text is printable ASCII, ideographs from U+4E00 to U+9FBF (E4 B8 80 to E9 BE BF), their punctuation up
/// to U+303F (E3 80) and their full-width forms from U+FF01 to U+FF3F (EF BC), nearly all that names and sentences are
/// made of: no table is needed to call these visible.
std::size_t plain_length(std::string_view text) noexcept {
    const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto follows = [&](std::size_t at) { return (octet(at) & 0xC0U) == 0x80; };
    std::size_t at = 0;
    while (at < text.size()) {
        const unsigned char lead = octet(at);
        if (lead >= 0x20 && lead < 0x7F) {
            ++at;
            continue;
        }
        if (at + 2 >= text.size() || !follows(at + 1) || !follows(at + 2)) break;
        const bool known = (lead >= 0xE5 && lead <= 0xE8) || (lead == 0xE4 && octet(at + 1) >= 0xB8) ||
                           (lead == 0xE9 && octet(at + 1) <= 0xBE) ||                         // ideographs
                           (lead == 0xE3 && octet(at + 1) == 0x80) ||                         // punctuation
                           (lead == 0xEF && octet(at + 1) == 0xBC && octet(at + 2) != 0x80);  // full-width forms
        if (!known) break;
        at += 3;
    }
    return at;
}

}  // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    for (std::size_t i = plain_length(text); i < text.size(); i += plain_length(text.substr(i))) {
        const Character character = first_character(text.substr(i));
        if (character.code < 0) return false;
        i += character.length;
    }
    return true;
}

void append_octet(std::string& text, char octet) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(octet);
    text.append("\\x").append(1, digits[value >> 4U]).append(1, digits[value & 0x0FU]);
}

void append_code(std::string& text, std::uint32_t code) {
    char escaped[16];
    std::snprintf(escaped, sizeof escaped, "\\u{%X}", static_cast<unsigned>(code));
    text += escaped;
}

std::string valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Character character = first_character(text.substr(i));
        if (character.code < 0) {
            append_octet(valid, text[i]);
        } else {
            valid += text.substr(i, character.length);
        }
        i += character.length;
    }
    return valid;
}

void append_harmless(std::string& safe, std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t plain = plain_length(text.substr(i));
        safe.append(text, i, plain);
        i += plain;
        if (i == text.size()) break;
        const Character character = first_character(text.substr(i));
        if (character.code < 0) {
            append_octet(safe, text[i]);
        } else if (is_invisible(character.code)) {
            append_code(safe, static_cast<std::uint32_t>(character.code));
        } else {
            safe += text.substr(i, character.length);
        }
        i += character.length;
    }
}

std::string harmless(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    append_harmless(safe, text);
    return safe;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const Character character = first_character(text.substr(i));
        width += width_of(character.code);
        i += character.length;
    }
    return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
    const std::size_t used = display_width(text);
    std::string padded(text);
    if (used < width) padded.append(width - used, ' ');
    return padded;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    std::size_t used = 0;
    const auto finish = [&] {
        while (!line.empty() && line.back() == ' ') line.pop_back();
        lines.push_back(line);
        line.clear();
        used = 0;
    };
    // A piece longer than a line is cut anyway, so no more than that is looked at: a name may be a megabyte long.
    const std::size_t farthest = width * 4 + 64;
    while (!text.empty()) {
        std::size_t reach = std::min(farthest, text.size());
        while (reach < text.size() && (static_cast<unsigned char>(text[reach]) & 0xC0U) == 0x80U) --reach;
        std::string_view piece = next_piece(text.substr(0, std::max<std::size_t>(reach, 1)));
        if (used + display_width(piece) > width && !line.empty()) finish();
        if (line.empty() && piece == " " && !lines.empty()) {
            text.remove_prefix(1);
            continue;
        }
        if (display_width(piece) > width) piece = cut_to(piece, width);
        line += piece;
        used += display_width(piece);
        text.remove_prefix(piece.size());
    }
    if (!line.empty() || lines.empty()) finish();
    return lines;
}

}  // namespace scca
