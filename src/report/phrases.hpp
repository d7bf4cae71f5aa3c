// SPDX-License-Identifier: Apache-2.0
//
// Words of evidence ("reason": "zip-bomb") and the phrases that tell them. Fills no holes.
#pragma once

#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace scca::report {

struct PhraseRow {
    std::string_view word;
    faq::Text phrase;
};

/// An empty phrase when there is no such word.
template <std::size_t Count>
[[nodiscard]] faq::Text phrase_for(const std::array<PhraseRow, Count>& rows, std::string_view word) {
    const auto* const found =
        std::find_if(rows.begin(), rows.end(), [&](const PhraseRow& row) { return row.word == word; });
    return found == rows.end() ? faq::Text{} : found->phrase;
}

[[nodiscard]] inline bool has(const Finding& finding, std::string_view key) {
    return find_field(finding.evidence, key) != nullptr;
}

/// A text of the evidence; empty when there is none of this key.
[[nodiscard]] inline std::string_view text_in(const Finding& finding, std::string_view key) {
    const Field* field = find_field(finding.evidence, key);
    const auto* text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

/// A moment; nothing when there is none of this key.
[[nodiscard]] inline std::optional<Moment> moment_in(const Fields& fields, std::string_view key) {
    const Field* field = find_field(fields, key);
    const auto* moment = field == nullptr ? nullptr : std::get_if<Moment>(&field->value);
    return moment == nullptr ? std::nullopt : std::optional(*moment);
}

}  // namespace scca::report
