// SPDX-License-Identifier: Apache-2.0
#include "ladder_lines.hpp"

#include "detail.hpp"

#include "scca/faq/words.hpp"

#include <algorithm>

namespace scca::report {
namespace {

namespace words = faq::words::report;

bool is_span(Rung rung) noexcept {
    return rung == Rung::cert_dates || rung == Rung::seal_dates || rung == Rung::token_pin;
}

std::string text_of(const Finding& finding, const Style& style, bool with_spans) {
    switch (finding.outcome) {
        case Outcome::blocked: return blocked_text(finding, style.lang);
        case Outcome::crashed: return fill(words::our_bug.in(style.lang), finding.evidence, style.lang);
        case Outcome::passed:
            return style.verbose || (with_spans && is_span(finding.rung)) ? detail_of(finding, style.lang)
                                                                          : std::string();
        default: break;
    }
    std::string detail = detail_of(finding, style.lang);
    if (!detail.empty()) return detail;
    if (finding.outcome == Outcome::unknown) return std::string(words::no_answer.in(style.lang));
    return finding.faq ? std::string(faq::entry(*finding.faq).title.in(style.lang)) : std::string();
}

std::vector<std::string> evidence_of(const Finding& finding, faq::Lang lang) {
    std::vector<std::string> lines;
    for (const Field& field : finding.evidence) {
        const std::string key{std::string_view(field.key)};
        lines.push_back(key + " = " + fill("{" + key + "}", finding.evidence, lang));
    }
    return lines;
}

/// What is said of these subjects alike.
struct Group {
    RungLine line;
    std::vector<std::string> subjects;
};

std::string names_of(const Group& group, faq::Lang lang) {
    std::string names;
    for (const std::string& name : group.subjects) {
        if (name.empty()) continue;
        if (!names.empty()) names += words::list_separator.in(lang);
        names += name;
    }
    return names;
}

void put_rung(std::vector<RungLine>& lines, const std::vector<Seen>& seen, const Style& style, bool with_spans) {
    std::vector<Group> groups;
    for (const Seen& one : seen) {
        const Finding& finding = *one.finding;
        RungLine line{mark_of(finding.outcome),
                      finding.rung,
                      std::string(faq::title_of(finding.rung).in(style.lang)),
                      text_of(finding, style, with_spans),
                      {}};
        if (style.verbose) line.evidence = evidence_of(finding, style.lang);
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
            return group.line.mark == line.mark && group.line.text == line.text && group.line.evidence == line.evidence;
        });
        const std::string name = subject_title(*one.subject, style.lang);
        if (same == groups.end()) {
            groups.push_back({std::move(line), {name}});
        } else if (std::find(same->subjects.begin(), same->subjects.end(), name) == same->subjects.end()) {
            same->subjects.push_back(name);
        }
    }
    for (Group& group : groups) {
        const std::string names = groups.size() > 1 ? names_of(group, style.lang) : std::string();
        if (!names.empty() && group.line.text.empty()) {
            group.line.text = names;
        } else if (!names.empty()) {
            const bool phrase = group.line.mark != Mark::blocked;  // "X 未检查：…" has its own colon
            group.line.text = names + (phrase ? std::string(words::colon.in(style.lang)) : " ") + group.line.text;
        }
        lines.push_back(std::move(group.line));
    }
}

}  // namespace

std::string blocked_text(const Finding& finding, faq::Lang lang) {
    const std::size_t hash = finding.blocked_by.find('#');
    const std::string id = hash == std::string::npos ? finding.blocked_by : finding.blocked_by.substr(hash + 1);
    const auto by = find_rung(id);
    const std::string title(by ? faq::title_of(*by).in(lang) : std::string_view(finding.blocked_by));
    return fill(words::blocked.in(lang), {{"title", title}}, lang);
}

std::string unknown_text(Rung rung, faq::Lang lang) {
    return fill(words::row_unknown.in(lang), {{"title", std::string(faq::title_of(rung).in(lang))}}, lang);
}

std::vector<RungLine> ladder_lines(const Report& report, const Style& style, bool with_spans) {
    std::vector<RungLine> lines;
    for (const RungRow& row : ladder) {
        put_rung(lines, findings_of(report, [&](const Finding& f) { return f.rung == row.rung; }), style, with_spans);
    }
    return lines;
}

}  // namespace scca::report
