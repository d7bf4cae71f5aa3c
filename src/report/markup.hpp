// SPDX-License-Identifier: Apache-2.0
//
// Markup for the page: text escaped for HTML and SVG, and a picture as a data: URI. Knows nothing of findings.
#pragma once

#include "scca/core/bytes.hpp"

#include <string>
#include <string_view>

namespace scca::report {

/// Text for an element or a quoted attribute; control and bidi characters are spelt out.
[[nodiscard]] std::string html_text(std::string_view text);

/// "<tag class=…>text</tag>", the text escaped; tag and class are our own words.
[[nodiscard]] std::string element(std::string_view tag, std::string_view css_class, std::string_view text);

/// data: URI of a PNG, JPEG, GIF or BMP, told by its first octets and never by what somebody calls it; empty for
/// anything else (SVG can hold script) and for pictures too large for a page.
[[nodiscard]] std::string picture_uri(ByteView picture);

}  // namespace scca::report
