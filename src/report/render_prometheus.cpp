// SPDX-License-Identifier: Apache-2.0
//
// A text file for node_exporter's textfile collector, in the Prometheus text exposition format 0.0.4.
#include "letter.hpp"
#include "spans.hpp"

#include "scca/core/text.hpp"

#include <array>
#include <initializer_list>
#include <map>
#include <set>
#include <utility>

namespace scca::report {
namespace {

using Labels = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Backslash, quote and line feed are escaped; control and bidi characters are spelt out before.
std::string quoted(std::string_view value) {
    std::string text = "\"";
    for (const char c : harmless(value)) {
        if (c == '\\' || c == '"') text += '\\';
        text += c;
    }
    return text + '"';
}

/// Metrics in the order of their help; a series that is there already is left out, for one double spoils the file.
class Exposition {
public:
    void begin(std::string_view name) { name_ = name; }
    void describe(std::string_view name, std::string_view help) {
        begin(name);
        text_ += "# HELP " + name_ + ' ' + std::string(help) + "\n# TYPE " + name_ + " gauge\n";
    }
    void add(const Labels& labels, std::int64_t value) {
        std::string series = name_;
        for (const auto& [label, content] : labels) {
            series += (series.size() == name_.size() ? "{" : ",") + std::string(label) + '=' + quoted(content);
        }
        if (labels.size() != 0) series += '}';
        if (seen_.insert(series).second) text_ += series + ' ' + std::to_string(value) + '\n';
    }
    [[nodiscard]] std::string finish() && { return std::move(text_); }

private:
    std::string name_, text_;
    std::set<std::string> seen_;
};

void put_verdict(Exposition& out, const Report& report, FailOn fail_on, Moment ran_at) {
    out.describe("scca_last_run_timestamp_seconds", "When the check ran.");
    out.add({}, ran_at.time_since_epoch().count());
    out.describe("scca_judged_timestamp_seconds", "The moment that was judged; another than the last run with --at.");
    out.add({}, report.at.time_since_epoch().count());
    out.describe("scca_verdict", "1 for the verdict of the last run, 0 for the others.");
    const Verdict reached = verdict(report, fail_on);
    for (const Verdict one : {Verdict::healthy, Verdict::findings, Verdict::unknown}) {
        out.add({{"verdict", std::string(name_of(one))}}, one == reached ? 1 : 0);
    }
}

/// For whoever must not take metrics of half a batch for those of all of it.
void put_completeness(Exposition& out, const Report& report) {
    out.describe("scca_incomplete", "1 for the reason why the last run was not carried through, 0 for the others.");
    const CutShort why = report.whole ? report.whole->cut_short : CutShort::no;
    for (const CutShort one : {CutShort::interrupted, CutShort::broken_list, CutShort::internal_error}) {
        out.add({{"reason", std::string(name_of(one))}}, one == why ? 1 : 0);
    }
    if (!report.whole) return;
    out.describe("scca_batch_files", "Files that the last run judged.");
    for (const Figure& figure : report.whole->figures) {
        if (figure.name == "files") out.add({}, figure.count);
    }
}

Whole counted(const Report& report) {
    if (report.whole) return *report.whole;
    Whole whole;
    for (const Subject& subject : report.subjects) whole.count(subject);
    return whole;
}

void put_findings(Exposition& out, const Report& report) {
    const Whole whole = counted(report);
    out.describe("scca_findings", "Findings of the last run by rung and outcome.");
    for (const auto& [key, count] : whole.rungs) {
        out.add({{"rung", std::string(id_of(key.first))}, {"outcome", std::string(name_of(key.second))}}, count);
    }
    out.describe("scca_problems",
                 "Findings of the last run by problem of the table (scca-doctor explain --id) and outcome.");
    for (const auto& [key, count] : whole.problems) {
        out.add({{"faq", std::string(key.first)}, {"outcome", std::string(name_of(key.second))}}, count);
    }
}

/// Metrics that have a sample for each certificate, seal or key.
enum class Series : std::uint8_t { certificate_end, certificate_left, seal_end, seal_left, pin_tries };

struct SeriesRow {
    std::string_view name, help;
};

SeriesRow row_of(Series series) noexcept {
    constexpr std::array<SeriesRow, prometheus_series> rows{
        {{"scca_certificate_not_after_timestamp_seconds", "The last moment at which the certificate is valid."},
         {"scca_certificate_remaining_seconds",
          "Seconds from the moment that was judged until the certificate expires; negative when it has."},
         {"scca_seal_not_after_timestamp_seconds", "The last moment at which the seal is valid."},
         {"scca_seal_remaining_seconds",
          "Seconds from the moment that was judged until the seal expires; negative when it has."},
         {"scca_pin_tries_left", "Wrong PINs that the key still forgives."}}};
    return rows[static_cast<std::size_t>(series)];
}

void put_ends(Exposition& out, const Report& report, SubjectKind kind, bool left) {
    for (const Span& span : spans_of(report)) {
        if (span.subject->kind != kind || !span.to) continue;
        out.add({{"id", span.subject->id},
                 {"name", span.subject->name},
                 {"role", std::string(fact_text(*span.subject, "role"))},
                 {"path", span.subject->path},
                 {"serial", std::string(fact_text(*span.subject, kind == SubjectKind::seal ? "id" : "serial"))}},
                left ? (*span.to - report.at).count() : span.to->time_since_epoch().count());
    }
}

void put_samples(Exposition& out, const Report& report, Series series) {
    switch (series) {
        case Series::certificate_end: return put_ends(out, report, SubjectKind::certificate, false);
        case Series::certificate_left: return put_ends(out, report, SubjectKind::certificate, true);
        case Series::seal_end: return put_ends(out, report, SubjectKind::seal, false);
        case Series::seal_left: return put_ends(out, report, SubjectKind::seal, true);
        case Series::pin_tries: break;
    }
    for (const PinTries& tries : pin_tries_of(report)) {
        out.add({{"id", tries.token->id},
                 {"name", tries.token->name},
                 {"serial", std::string(fact_text(*tries.token, "serial"))}},
                tries.left);
    }
}

}  // namespace

std::string render_prometheus_start(const Report& report, FailOn fail_on, Moment ran_at) {
    Exposition out;
    put_verdict(out, report, fail_on, ran_at);
    put_completeness(out, report);
    put_findings(out, report);
    return std::move(out).finish();
}

std::string render_prometheus_head(std::size_t series) {
    const SeriesRow row = row_of(static_cast<Series>(series));
    Exposition out;
    out.describe(row.name, row.help);
    return std::move(out).finish();
}

std::string render_prometheus_samples(const Report& report, std::size_t series) {
    Exposition out;
    out.begin(row_of(static_cast<Series>(series)).name);
    put_samples(out, report, static_cast<Series>(series));
    return std::move(out).finish();
}

std::string render_prometheus(const Report& report, FailOn fail_on, Moment ran_at) {
    std::string text = render_prometheus_start(report, fail_on, ran_at);
    for (std::size_t i = 0; i < prometheus_series; ++i) {
        text += render_prometheus_head(i) + render_prometheus_samples(report, i);
    }
    return text;
}

}  // namespace scca::report
