// SPDX-License-Identifier: Apache-2.0
#include "letter.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// Why, what to do and whom to call. Only the first problem is told in full: one next step, not five at once.
void put_advice(Page& page, const Problem& problem, std::size_t indent, bool in_full) {
    const faq::Lang lang = page.style().lang;
    if (!in_full) {
        put_steps(page, problem.own, indent);
        const std::string command = "scca-doctor explain --id " + std::string(faq::entry(problem.id).id);
        page.paragraph(command, indent, words::how_to_mend.in(lang));
        return;
    }
    put_bid_warning(page, faq::entry(problem.id), indent);
    for (const Reason& reason : problem.reasons) {
        page.paragraph(reason.text, indent, reason.label);
        if (reason.steps.empty()) continue;
        page.paragraph(words::how_to_mend.in(lang), indent);
        put_steps(page, reason.steps, indent + 2);
    }
    put_calls(page, problem.calls, indent);
}

void put_problems(Page& page, const Letter& letter) {
    if (letter.problems.size() == 1) {
        const Problem& problem = letter.problems.front();
        for (const std::string& place : problem.where) page.paragraph(place, 2);
        put_advice(page, problem, 2, true);
        return;
    }
    std::size_t number = 0;
    for (const Problem& problem : letter.problems) {
        page.gap();
        page.marked(problem.mark, std::to_string(++number) + ". " + problem.title, 0, true);
        for (const std::string& place : problem.where) page.paragraph(place, 5);
        put_advice(page, problem, 5, number == 1 || page.style().verbose);
    }
}

/// In full when there is nothing worse.
void put_unanswered(Page& page, const Letter& letter) {
    for (const Problem& problem : letter.unanswered) {
        page.gap();
        page.marked(problem.mark, problem.title, 0, true);
        for (const std::string& place : problem.where) page.paragraph(place, 2);
        put_advice(page, problem, 2, letter.problems.empty() || page.style().verbose);
    }
}

void put_facts(Page& page, const std::vector<KeyFact>& facts) {
    std::size_t label_width = 0;
    for (const KeyFact& fact : facts) {
        label_width = std::max(label_width, display_width(fact.label) + (fact.below ? 2 : 0));
    }
    for (const KeyFact& fact : facts) {
        const std::size_t inset = fact.below ? 2 : 0;
        page.labelled(fact.label, fact.value, 2 + inset, label_width - inset);
    }
}

/// Wide enough for the titles that have something beside them, and never more than two fifths of the line.
std::size_t title_width(const Letter& letter, std::size_t columns) {
    const std::size_t most = columns * 2 / 5;
    std::size_t width = 0;
    for (const RungLine& line : letter.ladder) {
        const std::size_t own = display_width(line.title);
        if (!line.text.empty() && own <= most) width = std::max(width, own);
    }
    return width;
}

void put_ladder(Page& page, const Letter& letter) {
    page.gap();
    page.paragraph(letter.checked_heading, 0, {}, Ink::strong);
    const std::size_t width = title_width(letter, page.style().width);
    for (const RungLine& line : letter.ladder) {
        page.entry(line.mark, line.title, width, line.text, 2);
        for (const std::string& evidence : line.evidence) page.paragraph(evidence, 6, {}, Ink::faint);
    }
}

}  // namespace

std::string render_text(const Report& report, const Style& style, FailOn fail_on) {
    const Letter letter = write_letter(report, style, fail_on);
    const faq::Lang lang = style.lang;
    Page page(style);
    std::string opening = letter.verdict;
    if (!letter.about.empty()) opening = letter.about + std::string(words::colon.in(lang)) + opening;
    if (letter.problems.size() == 1) opening += letter.problems.front().title;
    page.marked(letter.mark, opening, 0, true);
    for (const std::string& key : letter.works) page.marked(Mark::passed, key, 0, false);
    for (const SignTestLine& line : letter.sign_test) page.marked(line.mark, line.text, 0, false);
    put_problems(page, letter);
    if (!letter.facts.empty() && (letter.problems.empty() || !style.quiet)) {
        page.gap();
        put_facts(page, letter.facts);
    }
    put_unanswered(page, letter);
    if (!letter.signatures.empty()) {
        page.gap();
        put_facts(page, letter.signatures);
    }
    if (!letter.replayed.empty()) {
        page.gap();
        page.paragraph(letter.replayed, 0);
    }
    if (!style.quiet) put_ladder(page, letter);
    page.gap();
    // The first problem is the one that is told in full; explain names the sources of the others.
    std::vector<std::string> sources = letter.sources;
    if (letter.first_sources > 0) sources.resize(letter.first_sources);
    page.paragraph(sources_text(sources, lang), 0, words::source.in(lang), Ink::faint);
    return std::move(page).finish();
}

}  // namespace scca::report
