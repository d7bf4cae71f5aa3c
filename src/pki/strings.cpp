// SPDX-License-Identifier: Apache-2.0
//
// Character strings of every ASN.1 type as UTF-8.
#include "scca/core/text.hpp"
#include "values.hpp"

#include <iconv.h>

#include <algorithm>

namespace scca::pki {
namespace {

using der::Tag;

void append_utf8(std::string& text, std::uint32_t code) {
    const auto octet = [&](std::uint32_t value) { text += static_cast<char>(value); };
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        append_code(text, code);  // no character has it
    } else if (code < 0x80) {
        octet(code);
    } else if (code < 0x800) {
        octet(0xC0U | (code >> 6U));
        octet(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        octet(0xE0U | (code >> 12U));
        octet(0x80U | ((code >> 6U) & 0x3FU));
        octet(0x80U | (code & 0x3FU));
    } else {
        octet(0xF0U | (code >> 18U));
        octet(0x80U | ((code >> 12U) & 0x3FU));
        octet(0x80U | ((code >> 6U) & 0x3FU));
        octet(0x80U | (code & 0x3FU));
    }
}

/// Less than a character is left over.
void append_rest(std::string& text, ByteView octets) {
    for (const std::uint8_t octet : octets) append_octet(text, static_cast<char>(octet));
}

/// BMPString is UCS-2, but pairs of surrogates are found in it and mean what they mean in UTF-16.
std::string from_utf16(ByteView octets) {
    std::string text;
    std::size_t i = 0;
    for (; i + 1 < octets.size(); i += 2) {
        const auto unit = [&](std::size_t at) {
            return (static_cast<std::uint32_t>(octets[at]) << 8U) | octets[at + 1];
        };
        std::uint32_t code = unit(i);
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < octets.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
                i += 2;
            }
        }
        append_utf8(text, code);
    }
    append_rest(text, octets.subspan(i));
    return text;
}

std::string from_utf32(ByteView octets) {
    std::string text;
    std::size_t i = 0;
    for (; i + 3 < octets.size(); i += 4) {
        append_utf8(text, (static_cast<std::uint32_t>(octets[i]) << 24U) |
                              (static_cast<std::uint32_t>(octets[i + 1]) << 16U) |
                              (static_cast<std::uint32_t>(octets[i + 2]) << 8U) | octets[i + 3]);
    }
    append_rest(text, octets.subspan(i));
    return text;
}

std::string from_latin1(ByteView octets) {
    std::string text;
    for (const std::uint8_t octet : octets) append_utf8(text, octet);
    return text;
}

class Converter {
public:
    Converter(const char* to, const char* from) noexcept : handle_(::iconv_open(to, from)) {}
    ~Converter() {
        if (usable()) ::iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// Nothing when the octets are not of that character set.
    [[nodiscard]] std::optional<std::string> convert(ByteView octets) const {
        if (!usable()) return std::nullopt;
        std::string in(as_text(octets));
        // GB 18030 takes at least one octet a character and UTF-8 at most four.
        std::string out(in.size() * 4, '\0');
        char* from = in.data();
        char* to = out.data();
        std::size_t left = in.size();
        std::size_t room = out.size();
        if (::iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1) || left != 0)
            return std::nullopt;
        out.resize(out.size() - room);
        return out;
    }

private:
    [[nodiscard]] bool usable() const noexcept { return handle_ != reinterpret_cast<iconv_t>(-1); }
    iconv_t handle_;
};

std::string from_eight_bits(ByteView octets, bool teletex) {
    const std::string_view text = as_text(octets);
    const bool ascii = std::all_of(octets.begin(), octets.end(), [](std::uint8_t octet) { return octet < 0x80; });
    if (ascii || is_valid_utf8(text)) return std::string(text);
    if (auto converted = Converter("UTF-8", "GB18030").convert(octets)) return *converted;
    return teletex ? from_latin1(octets) : valid_utf8(text);
}

std::optional<std::string> decode(std::uint8_t identifier, ByteView octets) {
    constexpr std::uint8_t numeric_string = 0x12;
    constexpr std::uint8_t visible_string = 0x1A;
    switch (identifier) {
        case static_cast<std::uint8_t>(Tag::bmp_string): return from_utf16(octets);
        case static_cast<std::uint8_t>(Tag::universal_string): return from_utf32(octets);
        case static_cast<std::uint8_t>(Tag::teletex_string): return from_eight_bits(octets, true);
        case static_cast<std::uint8_t>(Tag::utf8_string):
        case static_cast<std::uint8_t>(Tag::printable_string):
        case static_cast<std::uint8_t>(Tag::ia5_string):
        case numeric_string:
        case visible_string: return from_eight_bits(octets, false);
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<std::string> string_of(const der::Element& element) {
    if (!element.is_constructed()) return decode(element.tag, element.content);
    const auto joined = der::string_octets(element);
    if (!joined) return std::nullopt;
    return decode(static_cast<std::uint8_t>(element.tag & 0xDFU), *joined);
}

}  // namespace scca::pki
