// SPDX-License-Identifier: Apache-2.0
//
// Where the answer goes: language, character set, width and colour, decided once from options, locale and terminal.
// The result goes to standard output, everything else to standard error.
#pragma once

#include "exit_status.hpp"
#include "refusal.hpp"

#include "scca/report/render.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace scca::cli {

enum class Format : std::uint8_t { text, json, ndjson, csv, nagios, prometheus, html };
enum class ColourWish : std::uint8_t { automatic, always, never };

/// The language of a locale's name: Chinese unless it names another. C, POSIX and none name no language.
[[nodiscard]] faq::Lang language_of_locale(std::string_view locale) noexcept;
/// Whether a character set can hold simplified Chinese.
[[nodiscard]] bool holds_chinese(std::string_view character_set) noexcept;

class Console {
public:
    /// Reads locale, terminal and NO_COLOR; an empty `lang` means that the locale decides.
    Console(std::string_view lang, ColourWish colour, bool quiet, bool verbose);

    [[nodiscard]] const report::Style& style() const noexcept { return style_; }
    [[nodiscard]] faq::Lang lang() const noexcept { return style_.lang; }
    [[nodiscard]] bool shows_to_a_person() const noexcept { return interactive_; }

    /// Text in the terminal's character set. `cannot_write` when it could not be written; a closed pipe is no error.
    [[nodiscard]] ExitStatus put_text(std::string_view text, ExitStatus status) const;
    /// A format for programs: UTF-8, whatever the locale.
    [[nodiscard]] ExitStatus put_machine_text(std::string_view text, ExitStatus status) const;

    /// Rows of a stream: text in the terminal's character set, everything else in UTF-8. `healthy` while they can be
    /// written.
    [[nodiscard]] ExitStatus put_rows(std::string_view rows, Format format) const;

    /// Text as the terminal's character set has it.
    [[nodiscard]] std::string for_terminal(std::string_view text) const;

    /// A line for the person at the terminal, on standard error.
    void put_aside(std::string_view text) const { put_error(std::string(text) + '\n'); }

    /// One line "scca-doctor: error: …" and a hint on standard error; with `format` json also the error document.
    [[nodiscard]] ExitStatus fail(ExitStatus status, std::string_view message, std::string_view hint,
                                  Format format) const;
    [[nodiscard]] ExitStatus fail(const Refusal& refusal, Format format) const {
        return fail(refusal.status, refusal.message, refusal.hint, format);
    }

    /// Text as the terminal's character set has it.
    [[nodiscard]] std::string encoded(std::string_view text) const;

private:
    void put_error(std::string_view text) const;

    report::Style style_;
    std::string character_set_ = "UTF-8";
    bool interactive_ = false;
};

}  // namespace scca::cli
