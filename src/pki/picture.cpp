// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/picture.hpp"

#include <algorithm>
#include <charconv>

namespace scca::pki {
namespace {

using namespace std::string_view_literals;

std::uint32_t big_endian(ByteView content, std::size_t at, std::size_t count) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = (value << 8U) | content[at + i];
    return value;
}

std::uint32_t little_endian(ByteView content, std::size_t at, std::size_t count) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = count; i > 0; --i) value = (value << 8U) | content[at + i - 1];
    return value;
}

/// A BMP's height is negative when its rows run from top to bottom.
std::uint32_t absolute(std::uint32_t value) noexcept { return (value & 0x80000000U) != 0 ? ~value + 1 : value; }

/// ITU-T T.81 B.2.2: the frame header after any SOFn marker; DHT, JPG and DAC share the numbers' range.
bool starts_frame(std::uint8_t marker) noexcept {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

PictureHeader jpeg_header(ByteView content) noexcept {
    std::size_t at = 2;
    while (at + 9 <= content.size() && content[at] == 0xFF) {
        const std::uint8_t marker = content[at + 1];
        if (starts_frame(marker)) {
            return {PictureKind::jpeg, big_endian(content, at + 7, 2), big_endian(content, at + 5, 2)};
        }
        // A marker may be preceded by any number of FF (T.81 B.1.1.2).
        at += marker == 0xFF ? 1 : 2 + std::size_t{big_endian(content, at + 2, 2)};
    }
    return {PictureKind::jpeg, 0, 0};
}

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The whole pixels of an attribute of the tag; 0 when it is not there or is a share of something else ("100%").
std::uint32_t attribute_pixels(std::string_view tag, std::string_view name) noexcept {
    for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
        if (at == 0 || !is_space(tag[at - 1])) continue;
        std::string_view rest = tag.substr(at + name.size());
        while (!rest.empty() &&
               (is_space(rest.front()) || rest.front() == '=' || rest.front() == '"' || rest.front() == '\'')) {
            rest.remove_prefix(1);
        }
        std::uint32_t value = 0;
        const auto end = std::from_chars(rest.data(), rest.data() + rest.size(), value);
        const std::string_view unit = rest.substr(static_cast<std::size_t>(end.ptr - rest.data()));
        return end.ec == std::errc{} && !unit.starts_with('%') ? value : 0;
    }
    return 0;
}

/// Past white space, a byte order mark, the XML declaration, comments and a document type.
std::string_view first_element(std::string_view text) noexcept {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (;;) {
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        const bool comment = text.starts_with("<!--");
        if (!comment && !text.starts_with("<?") && !text.starts_with("<!")) return text;
        const auto end = text.find(comment ? "-->"sv : ">"sv);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + (comment ? 3 : 1));
    }
}

std::optional<PictureHeader> svg_header(ByteView content) noexcept {
    const std::string_view element = first_element(as_text(content));
    const bool is_svg =
        element.starts_with("<svg") && (element.size() == 4 || is_space(element[4]) || element[4] == '>');
    if (!is_svg) return std::nullopt;
    const std::string_view tag = element.substr(0, element.find('>'));
    return PictureHeader{PictureKind::svg, attribute_pixels(tag, "width"), attribute_pixels(tag, "height")};
}

}  // namespace

std::string_view name_of(PictureKind kind) noexcept {
    switch (kind) {
        case PictureKind::png: return "PNG";
        case PictureKind::gif: return "GIF";
        case PictureKind::bmp: return "BMP";
        case PictureKind::jpeg: return "JPG";
        case PictureKind::svg: return "SVG";
        case PictureKind::ofd: return "OFD";
    }
    return "";
}

std::optional<PictureHeader> find_picture_header(ByteView content) noexcept {
    const std::string_view text = as_text(content);
    if (text.starts_with("\x89PNG\r\n\x1a\n"sv)) {
        if (content.size() < 24) return PictureHeader{PictureKind::png, 0, 0};
        return PictureHeader{PictureKind::png, big_endian(content, 16, 4), big_endian(content, 20, 4)};
    }
    if (text.starts_with("GIF87a"sv) || text.starts_with("GIF89a"sv)) {
        if (content.size() < 10) return PictureHeader{PictureKind::gif, 0, 0};
        return PictureHeader{PictureKind::gif, little_endian(content, 6, 2), little_endian(content, 8, 2)};
    }
    if (text.starts_with("BM"sv) && content.size() >= 26) {
        // OS/2's first header has 12 octets and 16-bit sizes.
        if (little_endian(content, 14, 4) == 12) {
            return PictureHeader{PictureKind::bmp, little_endian(content, 18, 2), little_endian(content, 20, 2)};
        }
        return PictureHeader{PictureKind::bmp, little_endian(content, 18, 4), absolute(little_endian(content, 22, 4))};
    }
    if (text.starts_with("\xFF\xD8\xFF"sv)) return jpeg_header(content);
    if (text.starts_with("PK\x03\x04"sv)) return PictureHeader{PictureKind::ofd, 0, 0};
    return svg_header(content);
}

bool is_stated_as(PictureKind kind, std::string_view stated) noexcept {
    const auto same = [&](std::string_view name) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
        return std::equal(stated.begin(), stated.end(), name.begin(), name.end(),
                          [&](char a, char b) { return lower(a) == lower(b); });
    };
    return same(name_of(kind)) || (kind == PictureKind::jpeg && same("JPEG"));
}

}  // namespace scca::pki
