// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include "explain_image.hpp"
#include "explain_log.hpp"

#include "scca/explain/explain.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <span>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// A whole log may be piped in.
constexpr std::size_t most_input = 16U * 1024U * 1024U;

explain::Match chosen(faq::Id id) {
    return {.id = id, .confidence = explain::Confidence::certain, .score = 1.0, .matched = {}, .at = 0};
}

/// The problems that a finding at this rung can lead to.
std::vector<explain::Match> problems_of(Rung rung) {
    std::vector<explain::Match> matches;
    const auto entries = faq::entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto causes = faq::causes_of(entries[i]);
        const bool leads = std::any_of(causes.begin(), causes.end(), [&](const faq::Cause& cause) {
            const auto rungs = faq::rungs_of(cause);
            return std::find(rungs.begin(), rungs.end(), rung) != rungs.end();
        });
        if (leads) matches.push_back(chosen({static_cast<std::uint16_t>(i)}));
    }
    return matches;
}

/// A FAQ id, a rung id, or else a code or symbol.
explain::Explanation look_up(const std::string& id) {
    explain::Explanation explanation;
    explanation.from_id = true;
    if (const auto entry = faq::find_entry(id)) {
        explanation.matches.push_back(chosen(*entry));
        return explanation;
    }
    if (const auto rung = find_rung(id)) {
        explanation.matches = problems_of(*rung);
        return explanation;
    }
    explanation.codes = explain::look_up_code(id);
    for (const explain::CodeRead& read : explanation.codes) {
        if (!read.code->has_entry) continue;
        const auto same = [&](const explain::Match& match) { return match.id == read.code->entry; };
        if (std::ranges::none_of(explanation.matches, same)) explanation.matches.push_back(chosen(read.code->entry));
    }
    return explanation;
}

char lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Whether each word stands in the problem's id, family or title, in whatever language and case.
bool is_about(const faq::Entry& entry, std::span<const std::string> wanted) {
    std::string told;
    for (const std::string_view part :
         {entry.id, entry.family, entry.family_name.zh, entry.family_name.en, entry.title.zh, entry.title.en})
        told.append(part).push_back('\n');
    const auto same = [](char a, char b) { return lower_case(a) == lower_case(b); };
    return std::ranges::all_of(wanted, [&](const std::string& word) {
        return std::search(told.begin(), told.end(), word.begin(), word.end(), same) != told.end();
    });
}

/// `--list`, of which the words that follow leave those problems that have them all.
ExitStatus list_problems(const ExplainRequest& request, const CommonOptions& common, const Console& console) {
    std::vector<faq::Id> problems;
    for (std::uint16_t i = 0; i < faq::entries().size(); ++i) {
        if (is_about(faq::entry({i}), request.words)) problems.push_back({i});
    }
    const ExitStatus status = problems.empty() ? ExitStatus::findings : ExitStatus::healthy;
    switch (common.format) {
        case Format::json: return console.put_machine_text(report::render_list_json(problems, console.lang()), status);
        case Format::csv: return console.put_machine_text(report::render_list_csv(problems, console.style()), status);
        default: break;
    }
    if (problems.empty()) return console.put_text(report::render_text(look_up({}), console.style()), status);
    return console.put_text(report::render_list_text(problems, console.style()), status);
}

/// The text to explain: the words of the command line, or standard input when it is "-" or a pipe.
std::string read_text(const ExplainRequest& request, const Console& console) {
    const bool typed = request.words.empty() && token::look_at_terminal().stdin_is_terminal;
    if (typed) console.put_aside(words::paste_here.in(console.lang()));
    if (request.words.empty() || (request.words.size() == 1 && request.words.front() == "-")) {
        const token::FileGiven input = token::read_file("-", most_input);
        return {input.content.begin(), input.content.end()};
    }
    std::string text;
    for (const std::string& word : request.words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

}  // namespace

ExitStatus tell_explanation(explain::Explanation explanation, const CommonOptions& common, const Console& console,
                            const report::Report* here) {
    std::optional<report::Report> safe;
    if (common.format != Format::text || !console.shows_to_a_person()) {
        Redactor redactor(token::user_and_host());
        explanation = report::redacted(explanation, redactor);
        if (here != nullptr) safe = report::redacted(*here, redactor);
    }
    if (safe) here = &*safe;
    const bool known = !explanation.matches.empty() || !explanation.codes.empty();
    const ExitStatus status = known ? ExitStatus::healthy : ExitStatus::findings;
    if (common.format == Format::json) {
        return console.put_machine_text(report::render_json(explanation, console.lang(), here), status);
    }
    report::Style style = console.style();
    style.system = explanation.from_linux ? faq::System::linux : faq::System::windows;
    return console.put_text(report::render_text(explanation, style, here), status);
}

ExitStatus run_explain(const ExplainRequest& request, const CommonOptions& common, const Console& console,
                       const report::Report* here) {
    if (request.list) return list_problems(request, common, console);
    if (!request.logs.empty()) return run_explain_log(request.logs, common, console);
    if (!request.image.empty()) return run_explain_image(request.image, common, console, here);
    if (!request.id.empty()) return tell_explanation(look_up(request.id), common, console, here);
    const std::string text = read_text(request, console);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return console.fail(ExitStatus::usage, words::nothing_to_explain.in(console.lang()),
                            words::hint_explain.in(console.lang()), common.format);
    }
    return tell_explanation(explain::explain(text), common, console, here);
}

}  // namespace scca::cli
