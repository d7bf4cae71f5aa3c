// SPDX-License-Identifier: Apache-2.0
//
// A page of plain text for a terminal: paragraphs wrapped by display width, marks, labels and colour. Whatever text it
// is given is made harmless first. Knows nothing of findings.
#pragma once

#include "scca/report/render.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scca::report {

enum class Ink : std::uint8_t { plain, strong, good, caution, bad, faint };

/// The sign before a line. Colour follows it, and never says more than it.
enum class Mark : std::uint8_t { passed, noted, warned, failed, blocked, unknown };

class Page {
public:
    explicit Page(const Style& style) : style_(style) {}

    /// One paragraph. The first line begins with `lead` (its columns count), the next lines are indented as deep.
    void paragraph(std::string_view text, std::size_t indent, std::string_view lead = {}, Ink ink = Ink::plain);
    /// A paragraph behind a sign.
    void marked(Mark mark, std::string_view text, std::size_t indent = 0, bool strong = false);
    /// A label in a column of `label_width`, the value beside it.
    void labelled(std::string_view label, std::string_view value, std::size_t indent, std::size_t label_width,
                  Ink ink = Ink::plain);
    /// A sign, a label in a column of `label_width`, the value beside it. A longer label pushes the value to the right.
    void entry(Mark mark, std::string_view label, std::size_t label_width, std::string_view value, std::size_t indent);
    /// A command to copy, on a line of its own and never wrapped.
    void command(std::string_view text, std::size_t indent);
    /// An empty line, unless the page is empty or ends with one.
    void gap();

    [[nodiscard]] std::string finish() && { return std::move(text_); }
    [[nodiscard]] const Style& style() const noexcept { return style_; }
    [[nodiscard]] std::string_view sign(Mark mark) const noexcept;

private:
    void paint(std::size_t start, std::size_t length, Ink ink);
    void line(std::string_view indent_and_lead, std::string_view text, Ink ink);

    Style style_;
    std::string text_;
};

[[nodiscard]] Mark mark_of(Outcome outcome) noexcept;
[[nodiscard]] Ink ink_of(Mark mark) noexcept;

}  // namespace scca::report
