// SPDX-License-Identifier: Apache-2.0
#include "markup.hpp"

#include "scca/core/text.hpp"

#include <array>

namespace scca::report {
namespace {

using namespace std::string_view_literals;

struct PictureKind {
    std::string_view magic, media_type;
};

constexpr std::array<PictureKind, 5> kinds{{{"\x89PNG\r\n\x1a\n"sv, "image/png"},
                                            {"\xFF\xD8\xFF"sv, "image/jpeg"},
                                            {"GIF87a"sv, "image/gif"},
                                            {"GIF89a"sv, "image/gif"},
                                            {"BM"sv, "image/bmp"}}};

}  // namespace

std::string html_text(std::string_view text) {
    std::string escaped;
    for (const char c : harmless(text)) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view text) {
    std::string markup = "<" + std::string(tag);
    if (!css_class.empty()) markup += " class=\"" + std::string(css_class) + '"';
    return markup + '>' + html_text(text) + "</" + std::string(tag) + ">";
}

std::string picture_uri(ByteView picture) {
    constexpr std::size_t largest = 2U * 1024U * 1024U;
    if (picture.size() > largest) return {};
    for (const PictureKind& kind : kinds) {
        if (as_text(picture).starts_with(kind.magic))
            return "data:" + std::string(kind.media_type) + ";base64," + to_base64(picture);
    }
    return {};
}

}  // namespace scca::report
