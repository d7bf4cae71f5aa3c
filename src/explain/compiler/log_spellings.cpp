// SPDX-License-Identifier: Apache-2.0
#include "log_spellings.hpp"

#include "../log_tables.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <initializer_list>

namespace scca::explain {
namespace {

constexpr char16_t first_ideograph = 0x4E00;
constexpr char16_t last_ideograph = 0x9FFF;

bool is_ideograph(char16_t c) noexcept { return c >= first_ideograph && c <= last_ideograph; }

void append_utf8(char16_t c, std::string& text) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0U | c >> 6U);
        text += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        text += static_cast<char>(0xE0U | c >> 12U);
        text += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
        text += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

std::string in_utf8(const std::vector<char16_t>& piece) {
    std::string text;
    for (const char16_t c : piece) append_utf8(c, text);
    return text;
}

/// The characters of a message of the table, which is UTF-8 within the Basic Multilingual Plane.
std::vector<char16_t> characters_of(std::string_view text) {
    std::vector<char16_t> characters;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t n) {
            return static_cast<unsigned char>(i + n < text.size() ? text[i + n] : 0);
        };
        const unsigned lead = byte(0);
        if (lead < 0x80) {
            characters.push_back(static_cast<char16_t>(lead));
            i += 1;
        } else if (lead < 0xE0) {
            characters.push_back(static_cast<char16_t>((lead & 0x1FU) << 6U | (byte(1) & 0x3FU)));
            i += 2;
        } else {
            characters.push_back(
                static_cast<char16_t>((lead & 0xFU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU)));
            i += lead < 0xF0 ? 3 : 4;
        }
    }
    return characters;
}

std::vector<char16_t> full_width(std::vector<char16_t> piece) {
    for (char16_t& c : piece) {
        if (c > 0x20 && c < 0x7F) c = static_cast<char16_t>(c + 0xFEE0);
    }
    return piece;
}

std::string formatted(const char* pattern, unsigned long long value) {
    std::array<char, 48> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), pattern, value);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

/// As much of a phrase as a window holds, with the value that stands at `value` in it.
std::string window_at(const std::string& phrase, std::size_t value) {
    constexpr std::size_t length = log_tables::window_length;
    return phrase.size() <= length ? phrase : phrase.substr(std::min(value, phrase.size() - length), length);
}

}  // namespace

MessageSpeller::MessageSpeller() : variants_(65536), folded_(65536, 0), gb18030_(65536, 0) {
    std::string all;
    for (unsigned c = first_ideograph; c <= last_ideograph; ++c) append_utf8(static_cast<char16_t>(c), all);
    faq::Folded folded;
    faq::fold(faq::fold_table(), all, folded);
    for (const faq::FoldedSymbol& symbol : folded) {
        const auto c = static_cast<char16_t>(first_ideograph + symbol.at / 3);
        folded_[c] = symbol.symbol;
        variants_[symbol.symbol].push_back(c);
    }
    const auto table = faq::gb18030_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto lead = static_cast<unsigned>(0x81 + i / 191);
        const auto trail = static_cast<unsigned>(0x40 + i % 191);
        if (table[i] != 0) gb18030_[table[i]] = static_cast<std::uint16_t>(lead << 8U | trail);
    }
}

void MessageSpeller::spell(std::string_view message, const Visitor& visit) const {
    std::vector<char16_t> piece;
    bool in_hole = false;
    for (const char16_t c : characters_of(message)) {
        if (c == u'{') {
            spell_piece(piece, visit);
            piece.clear();
            in_hole = true;
        } else if (c == u'}') {
            in_hole = false;
        } else if (!in_hole) {
            piece.push_back(c);
        }
    }
    spell_piece(piece, visit);
}

void MessageSpeller::spell_piece(const std::vector<char16_t>& piece, const Visitor& visit) const {
    constexpr unsigned of_two_characters = 4;
    constexpr unsigned of_three_characters = 4;
    constexpr unsigned of_letters = 3;
    const bool chinese = std::any_of(piece.begin(), piece.end(), is_ideograph);
    const std::string text = in_utf8(piece);
    visit(in_utf8(full_width(piece)), of_two_characters);
    visit(text, chinese ? of_two_characters : of_letters);
    if (!chinese) {
        std::string lower = text;
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        visit(lower, of_letters);
        return;
    }
    visit(in_gb18030(piece), of_three_characters);
    for (std::size_t i = 0; i + 1 < piece.size(); ++i) {
        const char16_t third = i + 2 < piece.size() ? piece[i + 2] : char16_t{0};
        spell_variants({piece[i], piece[i + 1], third}, visit);
        std::string spaced;
        for (std::size_t n = i; n < std::min(piece.size(), i + 3); ++n) {
            append_utf8(piece[n], spaced);
            spaced += ' ';
        }
        visit(spaced, of_two_characters);
    }
}

/// Three neighbours in each combination of their traditional and look-alike forms.
void MessageSpeller::spell_variants(std::array<char16_t, 3> characters, const Visitor& visit) const {
    constexpr std::size_t most = 4;
    std::array<std::vector<char16_t>, 3> forms;
    for (std::size_t n = 0; n < 3; ++n) {
        forms[n] = {characters[n]};
        if (!is_ideograph(characters[n])) continue;
        for (const char16_t other : variants_[folded_[characters[n]]]) {
            if (other != characters[n] && forms[n].size() < most && gb18030_[other] != 0) forms[n].push_back(other);
        }
    }
    if (forms[0].size() * forms[1].size() * forms[2].size() == 1) return;
    for (const char16_t first : forms[0]) {
        for (const char16_t second : forms[1]) {
            for (const char16_t third : forms[2]) {
                std::string text;
                for (const char16_t c : {first, second, third}) {
                    if (c != 0) append_utf8(c, text);
                }
                visit(text, 4);
            }
        }
    }
}

std::string MessageSpeller::in_gb18030(const std::vector<char16_t>& piece) const {
    std::string text;
    for (const char16_t c : piece) {
        if (c < 0x80) {
            text += static_cast<char>(c);
        } else if (gb18030_[c] != 0) {
            text += static_cast<char>(gb18030_[c] >> 8U);
            text += static_cast<char>(gb18030_[c] & 0xFFU);
        } else {
            text += '?';
        }
    }
    return text;
}

std::vector<std::string> code_words(const faq::Code& code) {
    std::vector<std::string> words{std::string(code.symbol)};
    constexpr std::uint32_t told_from_other_numbers = 0x01000000;
    const auto low = static_cast<std::uint32_t>(code.value);
    const bool small = code.value < 0 && code.value > -static_cast<std::int64_t>(told_from_other_numbers);
    if (small || low < told_from_other_numbers || code.mask != 0xFFFFFFFFU) return words;
    words.push_back(formatted("%08llX", low));
    words.push_back(formatted("%llu", low));
    if (low >= 0x80000000U) words.push_back(formatted("%llu", 0x100000000U - low));
    return words;
}

std::vector<std::string> code_windows(const faq::Code& code) {
    const std::string_view family = faq::code_families()[code.family].id;
    const auto value = static_cast<unsigned long long>(code.value < 0 ? -code.value : code.value);
    std::vector<std::string> windows;
    const auto add = [&](std::initializer_list<const char*> patterns, unsigned long long number) {
        for (const std::string_view pattern : patterns)
            windows.push_back(window_at(formatted(pattern.data(), number), pattern.find('%')));
    };
    if (family == "X509_V") {
        add({"error %llu at ", "error:num=%llu:", "return code: %llu "}, value);
    } else if (family == "CKR") {
        add({"rv = 0x%llx", "rv = 0x%llX", "rv=0x%llx", "rv=0x%llX", "rv = %llu", "rv: 0x%llx", "rv = 0x%08llx",
             "rv = 0x%08llX"},
            value);
    } else if (family == "SW") {
        add({"SW: %llX ", "SW=%llX", "SW = %llX", "SW %llX ", "(0x%llX)", " 0x%llX ", "=0x%llX ", "SW1SW2=%llX"},
            value);
        add({"SW1=%02llX SW2=", "SW1=0x%02llX, SW2=0x", "SW1=%02llX, SW2="}, value >> 8U);
    } else if (code.value < 0) {
        add({"error -%llu", "code -%llu ", "rc = -%llu", "return -%llu"}, value);
    }
    return windows;
}

}  // namespace scca::explain
