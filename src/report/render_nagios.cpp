// SPDX-License-Identifier: Apache-2.0
//
// One line for Nagios, Icinga and their like, after the Monitoring Plugins development guidelines (sections on plugin
// output and performance data).
#include "detail.hpp"
#include "letter.hpp"
#include "spans.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// A bar begins the performance data, so it is spelt out like a control character.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : harmless(text)) {
        if (c == '|') {
            safe += "\\u{7C}";
        } else {
            safe += c;
        }
    }
    return safe;
}

/// 'label'=value;warn;crit;min;max. A quote in a label is doubled, and a label cannot hold an equals sign.
class PerformanceData {
public:
    void add(std::string label, std::int64_t value, std::string_view thresholds) {
        std::replace(label.begin(), label.end(), '=', ':');
        std::string unique = label;
        for (unsigned n = 2; !labels_.insert(unique).second; ++n) unique = label + " (" + std::to_string(n) + ')';
        std::string quoted;
        for (const char c : escaped(unique)) quoted += c == '\'' ? std::string("''") : std::string(1, c);
        if (!text_.empty()) text_ += ' ';
        text_ += '\'' + quoted + "'=" + std::to_string(value) + std::string(thresholds);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::set<std::string> labels_;
    std::string text_;
};

/// Labels are ids, not names: a graph must not break when a company is renamed.
std::string performance_data(const Report& report) {
    PerformanceData data;
    if (report.whole) {
        for (const Figure& figure : report.whole->figures) data.add(std::string(figure.name), figure.count, ";;;0");
    }
    // Some of a batch come and go with the others: there only the figures make a graph.
    const bool all = !report.whole || report.whole->subjects == report.subjects.size();
    for (const Span& span : all ? spans_of(report) : std::vector<Span>()) {
        if (span.to) data.add(span.subject->id + " days left", beijing_days(report.at, *span.to), ";;0:");
    }
    for (const PinTries& tries : pin_tries_of(report)) {
        data.add(tries.token->id + " PIN tries left", tries.left,
                 ";3:;1:;0;" + (tries.most ? std::to_string(*tries.most) : std::string()));
    }
    return data.text();
}

/// Where it was seen first; of a batch some places and how many more there are.
std::string places_text(const Problem& problem, bool batch, faq::Lang lang) {
    constexpr std::size_t most = 3;
    std::string text;
    const std::size_t told = std::min({problem.where.size(), problem.places, batch ? most : 1});
    for (std::size_t i = 0; i < told; ++i) {
        if (i > 0) text += words::list_separator.in(lang);
        text += problem.where[i];
    }
    if (!batch || told == 0 || problem.places == told) return text;
    return text + ' ' + fill(words::more_places.in(lang), {{"count", std::to_string(problem.places - told)}}, lang);
}

std::string summary_of(const Letter& letter, const std::optional<Whole>& whole, faq::Lang lang) {
    constexpr std::size_t most = 5;
    std::string text = whole ? whole->sentence + ' ' : std::string();
    if (letter.problems.empty()) return text + letter.verdict;
    std::size_t told = 0;
    for (const Problem& problem : letter.problems) {
        if (told == most) break;
        if (told++ > 0) text += words::list_separator.in(lang);
        text += problem.title;
        const std::string places = places_text(problem, whole.has_value(), lang);
        if (!places.empty()) text += " (" + places + ')';
    }
    if (letter.problems.size() > most) {
        const std::string count = std::to_string(letter.problems.size() - most);
        text += ' ' + fill(words::more_places.in(lang), {{"count", count}}, lang);
    }
    return text;
}

}  // namespace

int nagios_status(const Report& report, FailOn fail_on) {
    constexpr int ok = 0, warning = 1, critical = 2, unknown = 3;
    if (has_crashed(report) || (report.whole && report.whole->subjects == 0)) return unknown;
    bool warned = false;
    bool unanswered = false;
    for (const Subject& subject : report.subjects) {
        for (const Finding& finding : subject.findings) {
            if (finding.outcome == Outcome::failed && fail_on != FailOn::never) return critical;
            warned = warned || (finding.outcome == Outcome::warned && fail_on == FailOn::warn);
            unanswered = unanswered || finding.outcome == Outcome::unknown;
        }
    }
    if (warned) return warning;
    return unanswered ? unknown : ok;
}

std::string render_nagios(const Report& report, faq::Lang lang, FailOn fail_on) {
    constexpr std::array<std::string_view, 4> states{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    Style style;
    style.lang = lang;
    const Letter letter = write_letter(report, style, fail_on);
    std::string line = "SCCA ";
    line += states[static_cast<std::size_t>(nagios_status(report, fail_on))];
    line += " - " + escaped(summary_of(letter, report.whole, lang));
    const std::string data = performance_data(report);
    if (!data.empty()) line += '|' + data;
    return line + '\n';
}

std::string render_nagios_error(std::string_view message) { return "SCCA UNKNOWN - " + escaped(message) + '\n'; }

}  // namespace scca::report
