// SPDX-License-Identifier: Apache-2.0
#include "detail.hpp"
#include "ladder_lines.hpp"
#include "letter.hpp"
#include "page.hpp"

#include "scca/faq/words.hpp"

#include <algorithm>

namespace scca::report {
namespace {

int rank(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::crashed: return 4;
        case Outcome::failed: return 3;
        case Outcome::warned: return 2;
        case Outcome::unknown: return 1;
        default: return 0;
    }
}

/// The worst thing found, the ladder's order deciding between equals; null when all is well.
const Finding* worst_of(const Subject& subject) {
    const Finding* worst = nullptr;
    for (const Finding& finding : subject.findings) {
        if (rank(finding.outcome) > (worst == nullptr ? 0 : rank(worst->outcome))) worst = &finding;
    }
    return worst;
}

const Finding* dates_of(const Subject& subject) {
    const auto found = std::find_if(subject.findings.begin(), subject.findings.end(), [](const Finding& finding) {
        return finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates;
    });
    return found == subject.findings.end() ? nullptr : &*found;
}

/// The worst of a subject and of what is inside it.
const Finding* worst_in(const Report& report, const Subject& subject) {
    const Finding* worst = worst_of(subject);
    for (const Subject& other : report.subjects) {
        if (other.parent != subject.id) continue;
        const Finding* below = worst_in(report, other);
        if (below != nullptr && (worst == nullptr || rank(below->outcome) > rank(worst->outcome))) worst = below;
    }
    return worst;
}

std::string what_is_wrong(const Finding& finding, faq::Lang lang) {
    if (finding.outcome == Outcome::unknown || !finding.faq) return unknown_text(finding.rung, lang);
    return std::string(faq::entry(*finding.faq).title.in(lang));
}

/// What could not be judged, beside what is told already; with the reason for whoever wants every detail.
std::string unknown_besides(const Subject& subject, const Finding* told, const Style& style) {
    std::string text;
    for (const Finding& finding : subject.findings) {
        if (finding.outcome != Outcome::unknown || &finding == told) continue;
        text += "  " + unknown_text(finding.rung, style.lang);
        const std::string detail = style.verbose ? detail_of(finding, style.lang) : std::string();
        if (!detail.empty()) text += "  " + detail;
    }
    return text;
}

}  // namespace

std::string render_rows_text(const Report& report, const Style& style) {
    Page page(style);
    for (const Subject& subject : report.subjects) {
        const Finding* worst = worst_of(subject);
        const Finding* worst_below = worst_in(report, subject);
        // What is inside a file stands below it.
        const std::size_t indent = subject.parent.empty() ? 0 : 2;
        std::string line = indent == 0 ? path_for_reader(subject.path, style.lang) : subject_title(subject, style.lang);
        if (indent == 0 && !subject.name.empty() && !subject.path.ends_with(subject.name)) {
            line += "  " + subject_title(subject, style.lang);
        }
        if (worst != nullptr) line += "  " + what_is_wrong(*worst, style.lang);
        const Finding* told = worst != nullptr ? worst : dates_of(subject);
        const std::string detail = told == nullptr ? std::string() : detail_of(*told, style.lang);
        if (!detail.empty()) line += "  " + detail;
        line += unknown_besides(subject, worst, style);
        page.marked(worst_below == nullptr ? Mark::passed : mark_of(worst_below->outcome), line, indent);
    }
    return std::move(page).finish();
}

}  // namespace scca::report
