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
    void begin(std::string_view name, std::string_view help) {
        name_ = name;
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
    out.begin("scca_last_run_timestamp_seconds", "When the check ran.");
    out.add({}, ran_at.time_since_epoch().count());
    out.begin("scca_judged_timestamp_seconds", "The moment that was judged; another than the last run with --at.");
    out.add({}, report.at.time_since_epoch().count());
    out.begin("scca_verdict", "1 for the verdict of the last run, 0 for the others.");
    const Verdict reached = verdict(report, fail_on);
    for (const Verdict one : {Verdict::healthy, Verdict::findings, Verdict::unknown}) {
        out.add({{"verdict", std::string(name_of(one))}}, one == reached ? 1 : 0);
    }
}

void put_findings(Exposition& out, const Report& report) {
    std::map<std::pair<Rung, Outcome>, std::int64_t> by_rung;
    std::map<std::pair<std::string_view, Outcome>, std::int64_t> by_problem;
    for (const Subject& subject : report.subjects) {
        for (const Finding& finding : subject.findings) {
            ++by_rung[{finding.rung, finding.outcome}];
            if (finding.faq) ++by_problem[{faq::entry(*finding.faq).id, finding.outcome}];
        }
    }
    out.begin("scca_findings", "Findings of the last run by rung and outcome.");
    for (const auto& [key, count] : by_rung) {
        out.add({{"rung", std::string(id_of(key.first))}, {"outcome", std::string(name_of(key.second))}}, count);
    }
    out.begin("scca_problems",
              "Findings of the last run by problem of the table (scca-doctor explain --id) and outcome.");
    for (const auto& [key, count] : by_problem) {
        out.add({{"faq", std::string(key.first)}, {"outcome", std::string(name_of(key.second))}}, count);
    }
}

void put_spans(Exposition& out, const Report& report, SubjectKind kind) {
    const std::string prefix = kind == SubjectKind::seal ? "scca_seal_" : "scca_certificate_";
    const std::string what = kind == SubjectKind::seal ? "seal" : "certificate";
    const auto spans = spans_of(report);
    const auto put = [&](const std::string& name, const std::string& help, auto value) {
        out.begin(prefix + name, help);
        for (const Span& span : spans) {
            if (span.subject->kind != kind || !span.to) continue;
            out.add({{"id", span.subject->id},
                     {"name", span.subject->name},
                     {"role", std::string(fact_text(*span.subject, "role"))},
                     {"path", span.subject->path},
                     {"serial", std::string(fact_text(*span.subject, kind == SubjectKind::seal ? "id" : "serial"))}},
                    value(*span.to));
        }
    };
    put("not_after_timestamp_seconds", "The last moment at which the " + what + " is valid.",
        [](Moment end) { return end.time_since_epoch().count(); });
    put("remaining_seconds",
        "Seconds from the moment that was judged until the " + what + " expires; negative when it has.",
        [&](Moment end) { return (end - report.at).count(); });
}

}  // namespace

std::string render_prometheus(const Report& report, FailOn fail_on, Moment ran_at) {
    Exposition out;
    put_verdict(out, report, fail_on, ran_at);
    put_findings(out, report);
    put_spans(out, report, SubjectKind::certificate);
    put_spans(out, report, SubjectKind::seal);
    out.begin("scca_pin_tries_left", "Wrong PINs that the key still forgives.");
    for (const PinTries& tries : pin_tries_of(report)) {
        out.add({{"id", tries.token->id},
                 {"name", tries.token->name},
                 {"serial", std::string(fact_text(*tries.token, "serial"))}},
                tries.left);
    }
    return std::move(out).finish();
}

}  // namespace scca::report
