// SPDX-License-Identifier: Apache-2.0
//
// Tell: a Report or an Explanation in every format. Free functions, one a format; each escapes for its medium, and
// control and bidi characters never reach the output raw. All words come from the FAQ table. Reads no locale, no clock
// and no terminal: what it must know stands in Style.
#pragma once

#include "scca/core/redaction.hpp"
#include "scca/explain/explain.hpp"
#include "scca/explain/log.hpp"
#include "scca/report/report.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scca::report {

/// How text is to look. Colour is never the only sign.
struct Style {
    faq::Lang lang = faq::Lang::zh;
    std::size_t width = 80;  ///< columns; text is laid out for 60 to 200
    bool colour = false;
    bool unicode = true;                      ///< the output can hold ✓ and –
    bool quiet = false;                       ///< the verdict and what to do, without the list of checks
    bool verbose = false;                     ///< the calls made and every piece of evidence
    faq::System system = faq::System::linux;  ///< whose steps come first
};

/// The report with every personal value replaced by an alias: typed fields, then the sweep over all other text. `path`
/// stays as given; a certificate's serial number and digest stay; a picture that is a person's, or tells of one, is
/// left out.
[[nodiscard]] Report redacted(Report report, Redactor& redactor);
/// What was quoted from the pasted text; offsets stay those of the text as it was.
[[nodiscard]] explain::Explanation redacted(const explain::Explanation& explanation, Redactor& redactor);

/// The verdict first, then what to do and whom to call, then one line a rung. Ends with a line feed.
[[nodiscard]] std::string render_text(const Report& report, const Style& style, FailOn fail_on);
[[nodiscard]] std::string render_json(const Report& report, faq::Lang lang, FailOn fail_on);

/// A batch as one document, written as it goes: head, the subjects of any number of reports, verdict and root causes,
/// and why it is not all of the batch.
[[nodiscard]] std::string render_json_start(std::string_view command, Moment at, faq::Lang lang);
[[nodiscard]] std::string render_json_rows(const Report& report, bool first);
[[nodiscard]] std::string render_json_end(Verdict verdict, const std::vector<faq::Id>& root_causes,
                                          CutShort cut_short = CutShort::no);

/// A line for each certificate, seal and document of a batch: sign, path, holder, and what is wrong or how long it
/// lasts.
[[nodiscard]] std::string render_rows_text(const Report& report, const Style& style);

/// One subject a line, with verdict and root causes of that subject alone. Reports of a batch are simply joined.
[[nodiscard]] std::string render_ndjson(const Report& report, FailOn fail_on);

/// The byte order mark and the names of the columns, once before the rows of any number of reports.
[[nodiscard]] std::string csv_header(faq::Lang lang);
/// A row for each certificate, seal and document, and for whatever else is not well; RFC 4180. No text begins like a
/// formula. Uses language and system of the style.
[[nodiscard]] std::string render_csv(const Report& report, const Style& style);
/// The same behind rows that are there already.
void append_csv(std::string& rows, const Report& report, const Style& style);

/// "SCCA WARNING - …|'certificate-1 days left'=45;;0:": one line after the Monitoring Plugins guidelines.
[[nodiscard]] std::string render_nagios(const Report& report, faq::Lang lang, FailOn fail_on);
/// What such a plugin ends with: 0 ok, 1 warned, 2 failed, 3 unknown or a bug of ours.
[[nodiscard]] int nagios_status(const Report& report, FailOn fail_on);
/// The line for a run that could not be carried out; it ends with 3.
[[nodiscard]] std::string render_nagios_error(std::string_view message);

/// A file for node_exporter's textfile collector. `ran_at` is when the check ran, which --at does not change.
[[nodiscard]] std::string render_prometheus(const Report& report, FailOn fail_on, Moment ran_at);

/// The same of a batch, piece by piece, for a metric may be described only once and its samples stand together: what is
/// counted, and for each of the series its description and the samples of any number of reports.
inline constexpr std::size_t prometheus_series = 5;
[[nodiscard]] std::string render_prometheus_start(const Report& report, FailOn fail_on, Moment ran_at);
[[nodiscard]] std::string render_prometheus_head(std::size_t series);
[[nodiscard]] std::string render_prometheus_samples(const Report& report, std::size_t series);

/// One self-contained page: no script, nothing fetched, fit for A4 paper. Uses language and system of the style.
[[nodiscard]] std::string render_html(const Report& report, const Style& style, FailOn fail_on);

/// Problems and codes of the table. With a report of this machine, each cause is told with what that says to it.
[[nodiscard]] std::string render_text(const explain::Explanation& explanation, const Style& style,
                                      const Report* here = nullptr);
[[nodiscard]] std::string render_json(const explain::Explanation& explanation, faq::Lang lang,
                                      const Report* here = nullptr);

/// What was found in logs; `paths` are theirs, as they were given.
[[nodiscard]] std::string render_text(const explain::LogFindings& findings, const std::vector<std::string>& paths,
                                      const Style& style);
[[nodiscard]] std::string render_json(const explain::LogFindings& findings, const std::vector<std::string>& paths,
                                      faq::Lang lang);

/// Problems of the table, in its order: by family.
[[nodiscard]] std::string render_list_text(std::span<const faq::Id> problems, const Style& style);
[[nodiscard]] std::string render_list_json(std::span<const faq::Id> problems, faq::Lang lang);
/// Every rung of the ladder: --list-checks.
[[nodiscard]] std::string render_checks_json(faq::Lang lang);
/// A driver module that was found, for --list-modules.
struct ModuleListed {
    std::string path, kind;    ///< kind: skf, pkcs11 or both
    std::string bar, culprit;  ///< why it is not loaded, and because of whom; empty when it is
};
[[nodiscard]] std::string render_modules_json(const std::vector<ModuleListed>& modules);
/// With its header; one row a problem.
[[nodiscard]] std::string render_list_csv(std::span<const faq::Id> problems, const Style& style);

/// A sentence of the table with each `{key}` replaced by that field; UTC moments become Beijing days, a missing field
/// "?". `{day|days:key}` is "day" where that field is 1, and otherwise "days".
[[nodiscard]] std::string fill(std::string_view sentence, const Fields& fields, faq::Lang lang);

/// What the system says of a file by this errno; empty where the table has no words for it.
[[nodiscard]] faq::Text system_reason(std::int64_t number) noexcept;

/// A file's name for a person: "-" is standard input. Programs read it as it was given.
[[nodiscard]] std::string path_for_reader(const std::string& path, faq::Lang lang);

/// {schema_version, error:{status, message, hint}}
[[nodiscard]] std::string render_error_json(int status, std::string_view message, std::string_view hint);

}  // namespace scca::report
