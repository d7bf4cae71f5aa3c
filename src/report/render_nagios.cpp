// SPDX-License-Identifier: Apache-2.0
//
// One line for Nagios, Icinga and their like, after the Monitoring Plugins development guidelines (sections on plugin
// output and performance data).
#include "detail.hpp"
#include "ladder_lines.hpp"
#include "letter.hpp"
#include "spans.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>
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

/// Something to tell, and where: `places` are all there are, `where` some of them.
struct Item {
    std::string title;
    std::vector<std::string> where;
    std::size_t places = 0;
};

std::vector<Item> items_of(const std::vector<Problem>& problems) {
    std::vector<Item> items;
    for (const Problem& problem : problems) items.push_back({problem.title, problem.where, problem.places});
    return items;
}

/// What nobody could tell, rung by rung; of a batch in which files, for whoever has to look there.
std::vector<Item> unknowns_of(const Report& report, faq::Lang lang) {
    std::vector<Item> items;
    for (const RungRow& row : ladder) {
        const auto seen = findings_of(
            report, [&](const Finding& one) { return one.rung == row.rung && one.outcome == Outcome::unknown; });
        if (seen.empty()) continue;
        Item item{unknown_text(row.rung, lang), {}, seen.size()};
        for (const Seen& one : seen) {
            const bool file = report.whole && !one.subject->path.empty();
            item.where.push_back(file ? path_for_reader(one.subject->path, lang) : subject_title(*one.subject, lang));
        }
        if (report.whole) {
            const auto counted = report.whole->rungs.find({row.rung, Outcome::unknown});
            if (counted != report.whole->rungs.end()) item.places = static_cast<std::size_t>(counted->second);
        }
        items.push_back(std::move(item));
    }
    return items;
}

/// Where it was seen first; of a batch some places and how many more there are.
std::string places_text(const Item& item, bool batch, faq::Lang lang) {
    constexpr std::size_t most = 3;
    std::string text;
    const std::size_t told = std::min({item.where.size(), item.places, batch ? most : 1});
    for (std::size_t i = 0; i < told; ++i) {
        if (i > 0) text += words::list_separator.in(lang);
        text += item.where[i];
    }
    if (!batch || told == 0 || item.places == told) return text;
    return text + ' ' + fill(words::more_places.in(lang), {{"count", std::to_string(item.places - told)}}, lang);
}

/// Some of them, and how many more there are.
std::string items_text(const std::vector<Item>& items, bool batch, faq::Lang lang) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(items.size(), most); ++i) {
        if (i > 0) text += words::list_separator.in(lang);
        text += items[i].title;
        const std::string places = places_text(items[i], batch, lang);
        if (!places.empty()) text += " (" + places + ')';
    }
    if (items.size() <= most) return text;
    const std::string count = std::to_string(items.size() - most);
    return text + ' ' + fill(words::more_places.in(lang), {{"count", count}}, lang);
}

/// Problems first, then what is unknown; the verdict in a sentence where there is neither.
std::string summary_of(const Letter& letter, const Report& report, faq::Lang lang) {
    const std::string problems = items_text(items_of(letter.problems), report.whole.has_value(), lang);
    const std::string unknowns = items_text(unknowns_of(report, lang), report.whole.has_value(), lang);
    const bool both = !problems.empty() && !unknowns.empty();
    std::string text;
    if (report.whole && !report.whole->ending.empty()) text += report.whole->ending + ' ';
    if (report.whole) text += report.whole->sentence + ' ';
    text += problems + std::string(both ? words::list_separator.in(lang) : "") + unknowns;
    return problems.empty() && (unknowns.empty() || has_crashed(report)) ? text + letter.verdict : text;
}

}  // namespace

int nagios_status(const Report& report, FailOn fail_on) {
    constexpr int ok = 0, warning = 1, critical = 2, unknown = 3;
    if (has_crashed(report) || (report.whole && report.whole->subjects == 0)) return unknown;
    bool warned = false;
    bool unanswered = report.whole && report.whole->cut_short != CutShort::no;
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
    line += " - " + escaped(summary_of(letter, report, lang));
    const std::string data = performance_data(report);
    if (!data.empty()) line += '|' + data;
    return line + '\n';
}

std::string render_nagios_error(std::string_view message) { return "SCCA UNKNOWN - " + escaped(message) + '\n'; }

}  // namespace scca::report
