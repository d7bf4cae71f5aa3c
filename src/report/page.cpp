// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include "scca/core/text.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

constexpr std::string_view reset = "\x1b[0m";

std::string_view escape_of(Ink ink) noexcept {
    constexpr std::array<std::string_view, 6> escapes{"", "\x1b[1m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m"};
    return escapes[static_cast<std::size_t>(ink)];
}

}  // namespace

Mark mark_of(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::passed: return Mark::passed;
        case Outcome::noted: return Mark::noted;
        case Outcome::warned: return Mark::warned;
        case Outcome::blocked: return Mark::blocked;
        case Outcome::unknown: return Mark::unknown;
        case Outcome::failed:
        case Outcome::crashed: break;
    }
    return Mark::failed;
}

Ink ink_of(Mark mark) noexcept {
    constexpr std::array<Ink, 6> inks{Ink::good, Ink::plain, Ink::caution, Ink::bad, Ink::faint, Ink::caution};
    return inks[static_cast<std::size_t>(mark)];
}

std::string_view Page::sign(Mark mark) const noexcept {
    constexpr std::array<std::string_view, 6> signs{"✓", "·", "!", "✗", "–", "?"};
    constexpr std::array<std::string_view, 6> ascii{"+", ".", "!", "x", "-", "?"};
    return style_.unicode ? signs[static_cast<std::size_t>(mark)] : ascii[static_cast<std::size_t>(mark)];
}

void Page::line(std::string_view indent_and_lead, std::string_view text, Ink ink) {
    const bool coloured = style_.colour && ink != Ink::plain;
    text_ += indent_and_lead;
    if (coloured) text_ += escape_of(ink);
    text_ += text;
    if (coloured) text_ += reset;
    text_ += '\n';
}

void Page::paragraph(std::string_view text, std::size_t indent, std::string_view lead, Ink ink) {
    const std::size_t inset = indent + display_width(lead);
    const std::size_t columns = std::max<std::size_t>(style_.width > inset ? style_.width - inset : 0, 16);
    bool first = true;
    for (const std::string& part : wrap(harmless(text), columns)) {
        const std::string margin = first ? std::string(indent, ' ') + std::string(lead) : std::string(inset, ' ');
        line(margin, part, ink);
        first = false;
    }
}

/// The escapes have no width, so a sign is painted after its paragraph was laid out.
void Page::paint(std::size_t start, std::size_t length, Ink ink) {
    if (!style_.colour || ink == Ink::plain) return;
    text_.insert(start + length, reset);
    text_.insert(start, escape_of(ink));
}

void Page::marked(Mark mark, std::string_view text, std::size_t indent, bool strong) {
    const std::size_t start = text_.size() + indent;
    paragraph(text, indent, std::string(sign(mark)) + ' ', strong ? Ink::strong : Ink::plain);
    paint(start, sign(mark).size(), ink_of(mark));
}

void Page::entry(Mark mark, std::string_view label, std::size_t label_width, std::string_view value,
                 std::size_t indent) {
    const std::size_t start = text_.size() + indent;
    const std::string lead = std::string(sign(mark)) + ' ';
    const std::size_t inset = indent + 2 + std::max(display_width(harmless(label)), label_width) + 2;
    const bool narrow = inset + style_.width * 2 / 5 > style_.width;
    if (value.empty()) {
        paragraph(label, indent, lead);
    } else if (narrow && inset + display_width(harmless(value)) > style_.width) {
        // Little room is left beside a long label: below it, the value is read more easily, and no line gets too long.
        paragraph(label, indent, lead);
        paragraph(value, indent + 4);
    } else {
        paragraph(value, indent, lead + pad_right(harmless(label), label_width) + "  ");
    }
    paint(start, sign(mark).size(), ink_of(mark));
}

void Page::labelled(std::string_view label, std::string_view value, std::size_t indent, std::size_t label_width,
                    Ink ink) {
    paragraph(value, indent, pad_right(harmless(label), label_width) + "  ", ink);
}

void Page::command(std::string_view text, std::size_t indent) {
    line(std::string(indent, ' '), harmless(text), Ink::strong);
}

void Page::gap() {
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

}  // namespace scca::report
