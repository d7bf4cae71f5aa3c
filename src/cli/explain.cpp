// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include "explain_image.hpp"
#include "explain_log.hpp"

#include "scca/explain/explain.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>

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
    if (const auto entry = faq::find_entry(id)) {
        explanation.matches.push_back(chosen(*entry));
        return explanation;
    }
    if (const auto rung = find_rung(id)) {
        explanation.matches = problems_of(*rung);
        return explanation;
    }
    explanation = explain::explain(id);
    if (explanation.codes.empty()) explanation.matches.clear();
    return explanation;
}

ExitStatus list_problems(const CommonOptions& common, const Console& console) {
    switch (common.format) {
        case Format::json:
            return console.put_machine_text(report::render_list_json(console.lang()), ExitStatus::healthy);
        case Format::csv:
            return console.put_machine_text(report::render_list_csv(console.style()), ExitStatus::healthy);
        default: return console.put_text(report::render_list_text(console.style()), ExitStatus::healthy);
    }
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
    if (request.list) return list_problems(common, console);
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
