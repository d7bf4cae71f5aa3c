// SPDX-License-Identifier: Apache-2.0
#include "json_text.hpp"

#include "scca/core/text.hpp"

#include <cstdio>

namespace scca::report {
namespace {

/// One \u escape, or two for a character above U+FFFF (UTF-16 surrogates).
std::string escape_of(unsigned code) {
    char buffer[16];
    if (code <= 0xFFFF) {
        std::snprintf(buffer, sizeof buffer, "\\u%04x", code);
    } else {
        const unsigned rest = code - 0x10000;
        std::snprintf(buffer, sizeof buffer, "\\u%04x\\u%04x", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
    }
    return buffer;
}

}  // namespace

std::string json_text(std::string_view text) { return valid_utf8(text); }

std::string visible_json(const std::string& json) {
    std::string shown;
    shown.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        const auto lead = static_cast<unsigned char>(json[i]);
        if (lead < 0x7F) {
            shown += json[i++];
            continue;
        }
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string character = json.substr(i, length);
        const std::string safe = harmless(character);
        unsigned code = 0;
        if (safe == character || std::sscanf(safe.c_str(), "\\u{%X}", &code) != 1) {
            shown += safe;
        } else {
            shown += escape_of(code);
        }
        i += length;
    }
    return shown;
}

std::string_view name_of(faq::Lang lang) noexcept { return lang == faq::Lang::zh ? "zh" : "en"; }

}  // namespace scca::report
