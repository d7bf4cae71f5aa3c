// SPDX-License-Identifier: Apache-2.0
//
// What the JSON formats share: a subject as JSON, and JSON as text in which no control or bidi character stands raw.
#pragma once

#include "scca/report/render.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace scca::report {

using Json = nlohmann::ordered_json;

/// Of every document; a reader that knows another one must not guess.
inline constexpr int schema_version = 1;

/// JSON text is UTF-8 (RFC 8259 8.1); what a module or certificate calls text need not be.
[[nodiscard]] std::string json_text(std::string_view text);

[[nodiscard]] Json json_of(const Subject& subject);

/// Indented, for a person who looks into it.
[[nodiscard]] std::string json_document(const Json& json);
/// On one line.
[[nodiscard]] std::string json_line(const Json& json);

[[nodiscard]] std::string_view name_of(faq::Lang lang) noexcept;

}  // namespace scca::report
