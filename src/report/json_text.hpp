// SPDX-License-Identifier: Apache-2.0
//
// What the JSON formats share: text that may stand in JSON, and JSON in which no control or bidi character stands raw.
#pragma once

#include "scca/report/render.hpp"

#include <string>
#include <string_view>

namespace scca::report {

/// Of every document; a reader that knows another one must not guess.
inline constexpr int schema_version = 1;

/// JSON text is UTF-8 (RFC 8259 8.1); what a module or certificate calls text need not be.
[[nodiscard]] std::string json_text(std::string_view text);

/// The same JSON with the characters that could turn or hide what a terminal shows as \u escapes (RFC 8259 7): the
/// value stays what it is.
[[nodiscard]] std::string visible_json(const std::string& json);

[[nodiscard]] std::string_view name_of(faq::Lang lang) noexcept;

}  // namespace scca::report
