// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include "explain.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <exception>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// `unjudged`: what a check says that has told nothing yet.
void set_interrupt_notice(const Console& console, faq::Text unjudged) {
    // A terminal has shown ^C where the cursor stands.
    const std::string start = token::look_at_terminal().stderr_is_terminal ? "\nscca-doctor: " : "scca-doctor: ";
    const auto sentence = [&](faq::Text text) {
        return text.empty() ? std::string() : console.encoded(start + std::string(text.in(console.lang())) + '\n');
    };
    token::set_interrupt_notice(sentence(words::interrupted), sentence(unjudged));
}

ExitStatus run(const CommandLine& line, const Console& before, Format format, const Runners& runners) {
    const Console console(line.common.lang, line.common.colour, line.common.quiet, line.common.verbose);
    if (const auto* check = std::get_if<CheckRequest>(&line.action)) {
        set_interrupt_notice(console, words::interrupted_unjudged);
        return runners.check(*check, line.common, console);
    }
    if (const auto* explain = std::get_if<ExplainRequest>(&line.action))
        return explain->check ? runners.explain_check(*explain, line.common, console)
                              : run_explain(*explain, line.common, console);
    if (const auto* help = std::get_if<HelpText>(&line.action))
        return console.put_text(help->text, ExitStatus::healthy);
    // In the language of its message: a file of options that is refused leaves --lang unread.
    return before.fail(std::get<Refusal>(line.action), format);
}

/// With nothing told yet. A plugin says on its one line that it could not check, and has a status of its own.
void install_interrupt(Format format, faq::Lang lang) {
    constexpr int interrupted = static_cast<int>(ExitStatus::interrupted), plugin_unknown = 3;
    const std::string_view message = words::interrupted.in(lang);
    switch (format) {
        case Format::json:
            return token::install_interrupt(report::render_error_json(interrupted, message, {}), interrupted);
        case Format::nagios: return token::install_interrupt(report::render_nagios_error(message), plugin_unknown);
        default: return token::install_interrupt({}, interrupted);
    }
}

}  // namespace

int run_program(int argc, char** argv, const Runners& runners) {
    const CommonOptions guessed = guess_common(argc, argv);
    const Console before(guessed.lang, ColourWish::automatic, false, false);
    install_interrupt(guessed.format, before.lang());
    set_interrupt_notice(before, {});
    try {
        const CommandLine line = parse_command_line(argc, argv, before.lang());
        return static_cast<int>(run(line, before, guessed.format, runners));
    } catch (const std::exception& error) {
        return static_cast<int>(before.fail(ExitStatus::internal,
                                            report::fill(words::internal_error.in(before.lang()),
                                                         {{"message", std::string(error.what())}}, before.lang()),
                                            words::hint_report_bug.in(before.lang()), guessed.format));
    }
}

}  // namespace scca::cli
