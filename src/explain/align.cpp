// SPDX-License-Identifier: Apache-2.0
#include "align.hpp"

#include <algorithm>
#include <vector>

namespace scca::explain {
namespace {

/// A cell of the table as one number, so that the better of two is the larger: score, matched symbols, matched weight
/// that names a thing, and where in the text the path began. What a step adds is added in one go.
using Cell = std::int64_t;
constexpr unsigned thing_shift = 12;
constexpr unsigned matched_shift = 28;
constexpr unsigned score_shift = 40;

constexpr Cell scored(int score) noexcept { return static_cast<Cell>(score) * (Cell{1} << score_shift); }

/// What one more symbol of text costs between two symbols of the message.
constexpr Cell foreign_symbol = scored(7);
/// A hole swallows long names, but not a whole page.
constexpr Cell swallowed = scored(1);

/// What the steps at one symbol of the message bring.
struct Step {
    char16_t symbol;
    Cell match, loss;
};

std::vector<Step> steps_of(const faq::Phrase& phrase) {
    const auto symbols = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    const auto weights = faq::phrase_weights().subspan(phrase.first, phrase.count);
    std::vector<Step> steps;
    steps.reserve(symbols.size());
    for (std::size_t j = 0; j < symbols.size(); ++j) {
        const int weight = faq::weight_in(weights[j]);
        const Cell thing = faq::names_thing(weights[j]) ? static_cast<Cell>(weight) << thing_shift : 0;
        steps.push_back({symbols[j], scored(weight) + (Cell{1} << matched_shift) + thing, scored(weight / 4 + 2)});
    }
    return steps;
}

Alignment unpacked(Cell cell, std::uint32_t end) noexcept {
    Alignment alignment;
    alignment.score = static_cast<int>(cell >> score_shift);
    alignment.matched = static_cast<int>(cell >> matched_shift & 0xFFF);
    alignment.thing_matched = static_cast<int>(cell >> thing_shift & 0xFFFF);
    alignment.first = static_cast<std::uint32_t>(cell & 0xFFF);
    alignment.end = end;
    return alignment;
}

}  // namespace

Alignment align(const faq::Phrase& phrase, std::span<const faq::FoldedSymbol> text) {
    const std::vector<Step> steps = steps_of(phrase);
    std::vector<Cell> row(steps.size() + 1, 0);
    Cell best = 0;
    std::uint32_t best_end = 0;
    const auto length = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 0xFFE));
    for (std::uint32_t i = 0; i < length; ++i) {
        const Cell fresh = i + 1;  // a path that begins after this symbol
        Cell diagonal = i;
        Cell left = fresh;
        row[0] = fresh;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            const Step& step = steps[j];
            const Cell above = row[j + 1];
            Cell cell = 0;
            if (step.symbol == faq::hole) {
                cell = std::max({left, above - swallowed, diagonal - swallowed});
            } else {
                const Cell along = diagonal + (step.symbol == text[i].symbol ? step.match : -step.loss);
                cell = std::max({along, above - foreign_symbol, left - step.loss});
            }
            if (cell < (Cell{1} << score_shift)) cell = fresh;
            if (cell > best) {
                best = cell;
                best_end = i + 1;
            }
            diagonal = above;
            left = row[j + 1] = cell;
        }
    }
    return best < (Cell{1} << score_shift) ? Alignment{} : unpacked(best, best_end);
}

}  // namespace scca::explain
