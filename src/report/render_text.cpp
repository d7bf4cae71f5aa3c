// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"
#include "detail.hpp"
#include "page.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>
#include <map>

namespace scca::report {
namespace {

namespace words = faq::words::report;

struct Seen {
    const Subject* subject;
    const Finding* finding;
};

std::vector<Seen> findings_of(const Report& report, auto wanted) {
    std::vector<Seen> seen;
    for (const Subject& subject : report.subjects) {
        for (const Finding& finding : subject.findings) {
            if (wanted(finding)) seen.push_back({&subject, &finding});
        }
    }
    return seen;
}

bool holds_for(const faq::Cause& cause, Rung rung) {
    const auto rungs = faq::rungs_of(cause);
    return std::find(rungs.begin(), rungs.end(), rung) != rungs.end();
}

/// The causes that these findings prove; all of them where a machine cannot tell.
std::vector<const faq::Cause*> proven_causes(const faq::Entry& entry, const std::vector<Seen>& findings) {
    std::vector<const faq::Cause*> proven;
    std::vector<const faq::Cause*> all;
    for (const faq::Cause& cause : faq::causes_of(entry)) {
        all.push_back(&cause);
        const bool holds = std::any_of(findings.begin(), findings.end(),
                                       [&](const Seen& seen) { return holds_for(cause, seen.finding->rung); });
        if (holds) proven.push_back(&cause);
    }
    return proven.empty() ? all : proven;
}

std::string subject_title(const Subject& subject, faq::Lang lang) {
    const Field* role = find_field(subject.facts, "role");
    const auto* text = role == nullptr ? nullptr : std::get_if<std::string>(&role->value);
    if (text == nullptr || *text == "unknown") return subject.name;
    return subject.name + std::string((*text == "sign" ? words::role_sign : words::role_encrypt).in(lang));
}

/// One line for each subject in which the problem was seen.
void put_where(Page& page, const std::vector<Seen>& findings) {
    const faq::Lang lang = page.style().lang;
    for (const Seen& seen : findings) {
        std::string text = subject_title(*seen.subject, lang);
        const std::string detail = detail_of(*seen.finding, lang);
        if (!detail.empty()) text += (text.empty() ? "" : std::string(words::colon.in(lang))) + detail;
        if (!text.empty()) page.paragraph(text, 2);
    }
}

Mark worst_mark(const std::vector<Seen>& findings) {
    const bool failed = std::any_of(findings.begin(), findings.end(),
                                    [](const Seen& seen) { return seen.finding->outcome == Outcome::failed; });
    return failed ? Mark::failed : Mark::warned;
}

void put_problem(Page& page, const Report& report, faq::Id id, bool first) {
    const faq::Lang lang = page.style().lang;
    const faq::Entry& entry = faq::entry(id);
    const auto findings = findings_of(report, [&](const Finding& f) {
        return f.faq == id && (f.outcome == Outcome::failed || f.outcome == Outcome::warned);
    });
    page.gap();
    page.marked(worst_mark(findings), entry.title.in(lang), 0, true);
    put_where(page, findings);
    if (!first && !page.style().verbose) {
        page.paragraph(std::string("scca-doctor explain --id ") + std::string(entry.id), 2, words::how_to_mend.in(lang));
        return;
    }
    put_bid_warning(page, entry, 2);
    for (const faq::Cause* cause : proven_causes(entry, findings)) {
        page.paragraph(cause->text.in(lang), 2, words::why.in(lang));
        put_steps(page, *cause, Steps::for_this_system, 4);
        put_contacts(page, *cause, 2);
    }
}

std::string fact_text(const Subject& subject, std::string_view key) {
    const Field* field = find_field(subject.facts, key);
    const auto* text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string() : *text;
}

/// What a person wants to know of a key that works: whose it is, how long certificate and seal last, PIN tries left.
void put_key_facts(Page& page, const Report& report) {
    const faq::Lang lang = page.style().lang;
    constexpr std::size_t label_width = 12;
    for (const Subject& subject : report.subjects) {
        const auto put = [&](faq::Text label, const std::string& value) {
            if (!value.empty()) page.labelled(label.in(lang), value, 2, label_width);
        };
        if (subject.kind == SubjectKind::token) put(words::label_key, subject.name);
        if (subject.kind == SubjectKind::certificate) {
            put(fact_text(subject, "role") == "encrypt" ? words::label_certificate_encrypt : words::label_certificate_sign,
                subject.name);
        }
        if (subject.kind == SubjectKind::seal) put(words::label_seal, subject.name);
        for (const Finding& finding : subject.findings) {
            const bool dates = finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates;
            if (dates || finding.rung == Rung::token_pin) {
                put(finding.rung == Rung::token_pin ? words::label_pin : words::label_validity, detail_of(finding, lang));
            }
        }
    }
}

/// One line a rung: where every subject agrees, once; where one differs, that one by name.
void put_rung(Page& page, const Report& report, Rung rung) {
    const faq::Lang lang = page.style().lang;
    const auto seen = findings_of(report, [&](const Finding& finding) { return finding.rung == rung; });
    if (seen.empty()) return;
    constexpr std::size_t label_width = 22;
    const std::string title(faq::title_of(rung).in(lang));
    const auto put = [&](Mark mark, const std::string& text) {
        std::string line = pad_right(title, label_width) + "  " + text;
        while (line.ends_with(' ')) line.pop_back();
        page.marked(mark, line, 2);
    };
    std::map<std::string, bool> told;  // blocked lines and quiet outcomes that say the same are told once
    for (const Seen& one : seen) {
        const Finding& finding = *one.finding;
        const Mark mark = mark_of(finding.outcome);
        std::string text;
        if (finding.outcome == Outcome::blocked) {
            const std::size_t hash = finding.blocked_by.find('#');
            const auto by = find_rung(hash == std::string::npos ? finding.blocked_by : finding.blocked_by.substr(hash + 1));
            const std::string title_by(by ? faq::title_of(*by).in(lang) : std::string_view(finding.blocked_by));
            text = fill(words::blocked.in(lang), {{"title", title_by}}, lang);
        } else if (finding.outcome == Outcome::crashed) {
            text = fill(words::our_bug.in(lang), finding.evidence, lang);
        } else if (finding.outcome == Outcome::failed || finding.outcome == Outcome::warned) {
            text = seen.size() > 1 ? subject_title(*one.subject, lang) + std::string(words::colon.in(lang)) : std::string();
            const std::string detail = detail_of(finding, lang);
            text += detail.empty() && finding.faq ? std::string(faq::entry(*finding.faq).title.in(lang)) : detail;
        } else if (finding.outcome != Outcome::passed || page.style().verbose) {
            text = detail_of(finding, lang);
        }
        const bool quiet = finding.outcome != Outcome::failed && finding.outcome != Outcome::warned;
        const std::string key = std::string(name_of(finding.outcome)) + text;
        if (quiet && !told.emplace(key, true).second) continue;
        put(mark, text);
    }
}

void put_sources(Page& page, const std::vector<faq::Id>& causes) {
    const faq::Lang lang = page.style().lang;
    std::string text;
    for (const faq::Id id : causes) {
        const std::string sources = sources_text(faq::entry(id), lang);
        if (text.find(sources) != std::string::npos) continue;
        if (!text.empty()) text += words::list_separator.in(lang);
        text += sources;
    }
    if (text.empty()) text = words::guide_name.in(lang);
    page.gap();
    page.paragraph(text, 0, words::source.in(lang), Ink::faint);
}

}  // namespace

std::string render_text(const Report& report, const Style& style, FailOn fail_on) {
    Page page(style);
    const faq::Lang lang = style.lang;
    const auto causes = root_causes(report);
    if (causes.empty()) {
        const bool unknown = verdict(report, fail_on) == Verdict::unknown;
        page.marked(unknown ? Mark::unknown : Mark::passed, (unknown ? words::could_not_check : words::healthy).in(lang), 0,
                    true);
        page.gap();
        put_key_facts(page, report);
    }
    bool first = true;
    for (const faq::Id id : causes) {
        put_problem(page, report, id, first);
        first = false;
    }
    page.gap();
    page.paragraph(words::checked.in(lang), 0, {}, Ink::strong);
    for (const RungRow& row : ladder) put_rung(page, report, row.rung);
    put_sources(page, causes);
    return std::move(page).finish();
}

}  // namespace scca::report
