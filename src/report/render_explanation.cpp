// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"
#include "holds.hpp"
#include "page.hpp"

#include "scca/faq/index.hpp"
#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace scca::report {
namespace {

namespace words = faq::words::report;

faq::Text confidence_words(explain::Confidence confidence) noexcept {
    switch (confidence) {
        case explain::Confidence::certain: return {};
        case explain::Confidence::likely: return words::likely;
        case explain::Confidence::possible: break;
    }
    return words::possible;
}

void put_code(Page& page, const explain::CodeRead& read) {
    const faq::Lang lang = page.style().lang;
    const faq::Code& code = *read.code;
    std::string head =
        fmt::format("{} = {}{}{}", read.written, code.symbol, words::colon.in(lang), code.meaning.in(lang));
    const bool is_pattern = code.mask != 0xFFFFFFFFU && faq::codes_with_symbol(read.written).empty();
    if (is_pattern) {
        const std::int64_t digit = read.value & 0xFFFFFFFF & ~static_cast<std::int64_t>(code.mask);
        head += fill(words::code_digit.in(lang), {{"number", std::to_string(digit)}}, lang);
    }
    page.marked(Mark::noted, head, 0, true);
    page.paragraph(faq::code_families()[code.family].name.in(lang), 2, {}, Ink::faint);
    if (!code.advice.empty()) {
        page.paragraph(code.advice.in(lang), 2);
    } else if (!code.has_entry) {
        page.paragraph(words::code_without_advice.in(lang), 2);
    }
}

void put_match(Page& page, const explain::Match& match, const Report* here) {
    const faq::Lang lang = page.style().lang;
    const faq::Entry& entry = faq::entry(match.id);
    page.gap();
    std::string title(entry.title.in(lang));
    if (!match.matched.empty()) title += fmt::format("{}", confidence_words(match.confidence).in(lang));
    page.marked(Mark::failed, title, 0, true);
    if (here != nullptr) {
        page.paragraph(sentence_of(causes_here(match.id, *here), lang), 2, words::here.in(lang), Ink::strong);
    }
    put_bid_warning(page, entry, 2);
    const auto causes = faq::causes_of(entry);
    std::size_t number = 0;
    for (const faq::Cause& cause : causes) {
        const std::string count = std::to_string(++number);
        const std::string lead = causes.size() > 1 ? fill(words::why_numbered.in(lang), {{"number", count}}, lang)
                                                   : std::string(words::why.in(lang));
        page.paragraph(cause.text.in(lang), 2, lead);
        put_steps_of_all(page, cause, 4);
        put_calls(page, calls_of({&cause}, lang), 4);
    }
    page.paragraph(sources_text(entry, lang), 2, words::source.in(lang), Ink::faint);
}

void put_nothing(Page& page, const explain::Explanation& explanation) {
    const faq::Lang lang = page.style().lang;
    page.marked(Mark::unknown, words::not_in_table.in(lang), 0, true);
    const faq::Text advice = explanation.from_id ? words::id_not_in_table_advice : words::not_in_table_advice;
    page.paragraph(advice.in(lang), 2);
    if (explanation.similar.empty()) return;
    page.paragraph(words::similar.in(lang), 2);
    for (const faq::Id id : explanation.similar) {
        const faq::Entry& entry = faq::entry(id);
        page.paragraph(fmt::format("{}  (scca-doctor explain --id {})", entry.title.in(lang), entry.id), 4);
    }
}

/// Whoever asked about one thing and has another broken wants to know.
void put_others(Page& page, const explain::Explanation& explanation, const Report& here) {
    const faq::Lang lang = page.style().lang;
    std::vector<faq::Id> asked;
    for (const explain::Match& match : explanation.matches) asked.push_back(match.id);
    const auto others = others_here(asked, here);
    if (others.empty()) return;
    page.gap();
    page.marked(Mark::warned, words::others_here.in(lang), 0, true);
    for (const faq::Id id : others) {
        const faq::Entry& entry = faq::entry(id);
        page.paragraph(fmt::format("{}  (scca-doctor explain --id {})", entry.title.in(lang), entry.id), 2);
    }
}

}  // namespace

std::string render_text(const explain::Explanation& explanation, const Style& style, const Report* here) {
    Page page(style);
    for (const explain::CodeRead& read : explanation.codes) put_code(page, read);
    // A person reads top to bottom, as in the text that was pasted; the JSON has them best first.
    std::vector<explain::Match> matches = explanation.matches;
    std::stable_sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    for (const explain::Match& match : matches) put_match(page, match, here);
    if (matches.empty() && explanation.codes.empty()) put_nothing(page, explanation);
    if (here != nullptr) put_others(page, explanation, *here);
    return std::move(page).finish();
}

std::string render_list_text(std::span<const faq::Id> problems, const Style& style) {
    Page page(style);
    std::string_view family;
    for (const faq::Id id : problems) {
        const faq::Entry& entry = faq::entry(id);
        if (entry.family != family) {
            page.gap();
            page.paragraph(entry.family_name.in(style.lang), 0, {}, Ink::strong);
            family = entry.family;
        }
        page.labelled(entry.id, entry.title.in(style.lang), 2, 26);
    }
    return std::move(page).finish();
}

}  // namespace scca::report
