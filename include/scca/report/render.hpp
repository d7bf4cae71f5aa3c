// SPDX-License-Identifier: Apache-2.0
//
// Tell: a Report or an Explanation as text or JSON. Free functions, one a format; each escapes for its medium. All words
// come from the FAQ table. Reads no locale, no clock and no terminal: what it must know stands in Style.
#pragma once

#include "scca/core/redaction.hpp"
#include "scca/explain/explain.hpp"
#include "scca/report/report.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scca::report {

/// How text is to look. Colour is never the only sign.
struct Style {
    faq::Lang lang = faq::Lang::zh;
    std::size_t width = 80;       ///< columns; text is laid out for 60 to 200
    bool colour = false;
    bool unicode = true;          ///< the output can hold ✓ and –
    bool verbose = false;         ///< the calls made and every piece of evidence
    faq::System system = faq::System::linux;  ///< whose steps come first
};

/// A copy with every personal value replaced by an alias: typed fields, then the sweep over all other text. `path` stays
/// as given; a certificate's serial number and digest stay; a picture that is a person's, or tells of one, is left out.
[[nodiscard]] Report redacted(const Report& report, Redactor& redactor);
/// What was quoted from the pasted text; offsets stay those of the text as it was.
[[nodiscard]] explain::Explanation redacted(const explain::Explanation& explanation, Redactor& redactor);

/// The verdict first, then what to do and whom to call, then one line a rung. Ends with a line feed.
[[nodiscard]] std::string render_text(const Report& report, const Style& style, FailOn fail_on);
[[nodiscard]] std::string render_json(const Report& report, faq::Lang lang, FailOn fail_on);

/// One problem or code of the table, without a text to explain.
[[nodiscard]] std::string render_text(const explain::Explanation& explanation, const Style& style);
[[nodiscard]] std::string render_json(const explain::Explanation& explanation, faq::Lang lang);

/// Every problem of the table, by family.
[[nodiscard]] std::string render_list_text(const Style& style);
[[nodiscard]] std::string render_list_json(faq::Lang lang);

/// A sentence of the table with each `{key}` replaced by that field; UTC moments become Beijing days, a missing field "?".
[[nodiscard]] std::string fill(std::string_view sentence, const Fields& fields, faq::Lang lang);

/// {schema_version, error:{status, message, hint}}
[[nodiscard]] std::string render_error_json(int status, std::string_view message, std::string_view hint);

}  // namespace scca::report
