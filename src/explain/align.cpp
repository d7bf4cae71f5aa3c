// SPDX-License-Identifier: Apache-2.0
#include "align.hpp"

#include <algorithm>
#include <vector>

namespace scca::explain {
namespace {

struct Cell {
    std::int16_t score = 0, matched = 0, thing = 0;
    std::uint32_t first = 0;
};

/// What one more symbol of text costs between two symbols of the message.
constexpr int foreign_symbol = 7;
/// A hole swallows long names, but not a whole page.
constexpr int swallowed = 1;

int lost(int weight) noexcept { return weight / 4 + 2; }

}  // namespace

Alignment align(const faq::Phrase& phrase, std::span<const faq::FoldedSymbol> text) {
    const auto symbols = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    const auto weights = faq::phrase_weights().subspan(phrase.first, phrase.count);
    std::vector<Cell> row(symbols.size() + 1);
    Alignment best;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
        Cell diagonal = row[0];
        row[0] = {0, 0, 0, i + 1};
        for (std::size_t j = 0; j < symbols.size(); ++j) {
            const Cell above = row[j + 1];  // text[i-1], symbol j
            const Cell left = row[j];       // text[i], symbol j-1
            Cell cell;
            const auto consider = [&cell](const Cell& from, int gain) {
                const int score = from.score + gain;
                if (score > cell.score) cell = {static_cast<std::int16_t>(score), from.matched, from.thing, from.first};
            };
            if (symbols[j] == faq::hole) {
                consider(left, 0);
                consider(above, -swallowed);
                consider(diagonal, -swallowed);
            } else {
                const int weight = faq::weight_in(weights[j]);
                if (diagonal.score == 0) diagonal = {0, 0, 0, i};
                if (symbols[j] == text[i].symbol) {
                    consider(diagonal, weight);
                    if (cell.score > 0) ++cell.matched;
                    if (cell.score > 0 && faq::names_thing(weights[j]))
                        cell.thing = static_cast<std::int16_t>(cell.thing + weight);
                } else {
                    consider(diagonal, -lost(weight));
                }
                consider(above, -foreign_symbol);
                consider(left, -lost(weight));
            }
            if (cell.score > best.score) best = {cell.score, cell.thing, cell.matched, cell.first, i + 1};
            diagonal = above;
            row[j + 1] = cell;
        }
    }
    return best;
}

}  // namespace scca::explain
