// SPDX-License-Identifier: Apache-2.0
#include "characters.hpp"

#include <iconv.h>
#include <utf8proc.h>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>

namespace scca::faq::compiler {
namespace {

/// NFKC, case folded, without marks: the characters that one character becomes.
std::u32string compatible(char32_t character) {
    std::array<std::uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes.data());
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                                                        UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | UTF8PROC_STABLE);
    const auto length = utf8proc_map(bytes.data(), size, &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    std::u32string text;
    for (utf8proc_ssize_t i = 0; i < length;) {
        utf8proc_int32_t code = -1;
        i += utf8proc_iterate(mapped + i, length - i, &code);
        text.push_back(static_cast<char32_t>(code));
    }
    return text;
}

/// Letters and digits tell something; the rest separates.
bool tells(char32_t character) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL: return true;
        default: return false;
    }
}

bool is_surrogate_or_private(char32_t c) { return (c >= 0xD800 && c <= 0xDFFF) || (c >= 0xE000 && c <= 0xF8FF); }

}  // namespace

FoldData fold_data(const std::vector<CharacterRow>& rows) {
    std::map<char32_t, char32_t> kept;
    for (const CharacterRow& row : rows) {
        for (const char32_t c : row.folded) kept[c] = row.kept;
    }
    FoldData data;
    std::map<std::vector<std::uint16_t>, std::uint16_t> pages;
    std::map<std::vector<std::uint16_t>, std::uint16_t> expansions;
    for (std::uint32_t base = 0; base < 0x10000; base += 64) {
        std::vector<std::uint16_t> page;
        for (std::uint32_t c = base; c < base + 64; ++c) {
            std::vector<std::uint16_t> symbols;
            if (!is_surrogate_or_private(c)) {
                for (char32_t part : compatible(c)) {
                    // Two steps: a look-alike of a traditional character's simplified form.
                    for (int step = 0; step < 2 && kept.contains(part); ++step) part = kept[part];
                    if (tells(part) && part < 0xFFFF && symbols.size() < 4)
                        symbols.push_back(static_cast<std::uint16_t>(part));
                }
            }
            std::uint16_t folded = symbols.empty() ? std::uint16_t{0} : symbols.front();
            if (symbols.size() > 1) {
                symbols.resize(4, 0);
                const auto number = static_cast<std::uint16_t>(expansions.size());
                const auto [row, fresh] = expansions.emplace(symbols, number);
                if (fresh) data.expansions.insert(data.expansions.end(), symbols.begin(), symbols.end());
                folded = static_cast<std::uint16_t>(first_expansion + row->second);
            }
            page.push_back(static_cast<std::uint16_t>(folded - c));
        }
        const auto [row, fresh] = pages.emplace(page, static_cast<std::uint16_t>(pages.size()));
        if (fresh) data.shift.insert(data.shift.end(), page.begin(), page.end());
        data.page_of.push_back(row->second);
    }
    return data;
}

std::vector<std::uint16_t> gb18030_data(Complaints& complaints) {
    std::vector<std::uint16_t> table(126 * 191, 0);
    const iconv_t converter = iconv_open("UTF-16LE", "GB18030");
    if (converter == iconv_t(-1)) {
        const Place place{"traditional.txt", 1};
        complaints.push_back({place, "this machine's iconv cannot read GB18030"});
        return table;
    }
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
        for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
            std::array<char, 2> in{static_cast<char>(lead), static_cast<char>(trail)};
            std::array<unsigned char, 8> out{};
            char* from = in.data();
            char* to = reinterpret_cast<char*>(out.data());
            std::size_t left = in.size();
            std::size_t room = out.size();
            iconv(converter, nullptr, nullptr, nullptr, nullptr);
            if (iconv(converter, &from, &left, &to, &room) == std::size_t(-1) || left != 0 || room != 6) continue;
            const auto unit = static_cast<std::uint16_t>(out[0] | out[1] << 8U);
            if (!is_surrogate_or_private(unit)) table[(lead - 0x81) * 191 + (trail - 0x40)] = unit;
        }
    }
    iconv_close(converter);
    return table;
}

}  // namespace scca::faq::compiler
