// SPDX-License-Identifier: Apache-2.0
#include "console.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

bool is_c_locale(std::string_view locale) noexcept {
    const std::string_view language = locale.substr(0, locale.find_first_of(".@"));
    return language.empty() || language == "C" || language == "POSIX";
}

bool colour_wanted(ColourWish wish, bool terminal) {
    if (wish != ColourWish::automatic) return wish == ColourWish::always;
    const auto is_set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    const char* term = std::getenv("TERM");
    return terminal && !is_set("NO_COLOR") && (term == nullptr || std::string_view(term) != "dumb");
}

/// The design lays text out for 60 to 200 columns.
std::size_t layout_width(std::size_t columns) { return std::clamp<std::size_t>(columns, 60, 200); }

}  // namespace

faq::Lang language_of_locale(std::string_view locale) noexcept {
    if (is_c_locale(locale)) return faq::Lang::zh;
    return locale.starts_with("zh") ? faq::Lang::zh : faq::Lang::en;
}

bool holds_chinese(std::string_view character_set) noexcept {
    constexpr std::array<std::string_view, 9> sets{"UTF-8", "UTF8",   "utf-8",  "utf8", "GB18030",
                                                   "GBK",   "GB2312", "EUC-CN", "CP936"};
    return std::find(sets.begin(), sets.end(), character_set) != sets.end();
}

Console::Console(std::string_view lang, ColourWish colour, bool quiet, bool verbose) {
    const token::Terminal terminal = token::look_at_terminal();
    const std::string locale = token::locale_for_messages();
    interactive_ = terminal.stdout_is_terminal;
    if (!is_c_locale(locale)) {
        // A locale that is not installed names a language all the same; its character set is taken to be UTF-8.
        const std::string set = token::locale_character_set();
        if (!set.empty()) character_set_ = set;
    }
    const bool utf8 = character_set_.starts_with("UTF") || character_set_.starts_with("utf");
    const bool chinese = holds_chinese(character_set_);
    style_.lang = lang.empty() ? (chinese ? language_of_locale(locale) : faq::Lang::en)
                               : (lang == "en" ? faq::Lang::en : faq::Lang::zh);
    style_.unicode = utf8;
    style_.width = layout_width(terminal.columns);
    style_.colour = colour_wanted(colour, terminal.stdout_is_terminal);
    style_.quiet = quiet;
    style_.verbose = verbose;
}

ExitStatus Console::put_text(std::string_view text, ExitStatus status) const {
    const auto fault = token::write_output(style_.unicode ? text : std::string_view(for_terminal(text)));
    return fault ? fail(refuse_output(*fault, lang()), Format::text) : status;
}

ExitStatus Console::put_machine_text(std::string_view text, ExitStatus status) const {
    const auto fault = token::write_output(text);
    return fault ? fail(refuse_output(*fault, lang()), Format::text) : status;
}

ExitStatus Console::put_rows(std::string_view rows, Format format) const {
    const bool plain = style_.unicode || format != Format::text;
    const auto fault = token::write_output(plain ? rows : std::string_view(for_terminal(rows)));
    return fault ? fail(refuse_output(*fault, lang()), Format::text) : ExitStatus::healthy;
}

ExitStatus Console::fail(ExitStatus status, std::string_view message, std::string_view hint, Format format) const {
    put_error("scca-doctor: " + std::string(words::error.in(lang())) + ": " + harmless(message) + '\n');
    if (!hint.empty()) put_error(std::string(words::hint.in(lang())) + ": " + std::string(hint) + '\n');
    if (format == Format::nagios) {
        // A plugin that could not run says so on its one line, and ends with 3 whatever the reason.
        constexpr int plugin_unknown = 3;
        [[maybe_unused]] const auto fault = token::write_output(report::render_nagios_error(message));
        return static_cast<ExitStatus>(plugin_unknown);
    }
    if (format == Format::json || format == Format::ndjson) {
        // The document stands for the failure; when it cannot be written either, the status still says so.
        [[maybe_unused]] const auto fault =
            token::write_output(report::render_error_json(static_cast<int>(status), message, hint));
    }
    return status;
}

std::string Console::for_terminal(std::string_view text) const {
    return style_.unicode ? std::string(text) : token::in_character_set(text, character_set_);
}

std::string Console::encoded(std::string_view text) const {
    return style_.unicode ? std::string(text) : token::in_character_set(text, character_set_);
}

void Console::put_error(std::string_view text) const {
    const std::string line = for_terminal(text);
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace scca::cli
