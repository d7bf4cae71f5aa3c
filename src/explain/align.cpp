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

/// What is lost with a symbol of the message that is not there, or another.
constexpr int loss_of(int weight) noexcept { return weight / 4 + 2; }

constexpr Cell scored(int score) noexcept { return static_cast<Cell>(score) * (Cell{1} << score_shift); }

/// What one more symbol of text costs between two symbols of the message.
constexpr Cell foreign_symbol = scored(7);
/// A hole swallows long names, but not a whole page.
constexpr Cell swallowed = scored(1);
/// Below this a path is worth nothing.
constexpr Cell something = Cell{1} << score_shift;

/// The path, or a fresh one when it is worth nothing. Without a jump, which the processor would guess wrong.
constexpr Cell worth_or(Cell path, Cell fresh) noexcept {
    const Cell lost = (path - something) >> 63U;
    return (fresh & lost) | (path & ~lost);
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

void Aligner::read(std::span<const faq::FoldedSymbol> text) {
    text_ = text;
    in_text_ = {};
    for (const faq::FoldedSymbol& symbol : text) in_text_.add(symbol.symbol);
}

/// The best run of the message's symbols, each of which stands in the text somewhere or is lost.
int Aligner::highest_score(const faq::Phrase& phrase) const noexcept {
    const auto symbols = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    const auto weights = faq::phrase_weights().subspan(phrase.first, phrase.count);
    int highest = 0;
    int run = 0;
    for (std::size_t j = 0; j < symbols.size(); ++j) {
        if (symbols[j] == faq::hole) continue;
        const int weight = faq::weight_in(weights[j]);
        run = std::max(0, run + (in_text_.may_have(symbols[j]) ? weight : -loss_of(weight)));
        highest = std::max(highest, run);
    }
    return highest;
}

Aligner::Stretch Aligner::columns_to_look_at(std::span<const char16_t> message) const noexcept {
    const auto may_match = [&](std::uint32_t j) { return message[j] != faq::hole && in_text_.may_have(message[j]); };
    Stretch columns{0, static_cast<std::uint32_t>(message.size())};
    while (columns.end > 0 && !may_match(columns.end - 1)) --columns.end;
    while (columns.first < columns.end && !may_match(columns.first)) ++columns.first;
    return columns;
}

Aligner::Stretch Aligner::rows_to_look_at(std::span<const char16_t> message) const noexcept {
    SymbolSet in_message;
    for (const char16_t symbol : message) {
        if (symbol != faq::hole) in_message.add(symbol);
    }
    const auto may_match = [&](std::uint32_t i) { return in_message.may_have(text_[i].symbol); };
    Stretch rows{0, static_cast<std::uint32_t>(std::min<std::size_t>(text_.size(), 0xFFE))};
    while (rows.end > 0 && !may_match(rows.end - 1)) --rows.end;
    while (rows.first < rows.end && !may_match(rows.first)) ++rows.first;
    return rows;
}

void Aligner::take_steps(const faq::Phrase& phrase, Stretch columns) {
    const std::uint32_t count = columns.end - columns.first;
    const auto symbols = faq::phrase_symbols().subspan(phrase.first + columns.first, count);
    const auto weights = faq::phrase_weights().subspan(phrase.first + columns.first, count);
    steps_.clear();
    for (std::size_t j = 0; j < symbols.size(); ++j) {
        if (symbols[j] == faq::hole) {
            steps_.push_back({-swallowed, -swallowed, swallowed, 0, symbols[j]});
            continue;
        }
        const int weight = faq::weight_in(weights[j]);
        const Cell thing = faq::names_thing(weights[j]) ? static_cast<Cell>(weight) << thing_shift : 0;
        const Cell loss = scored(loss_of(weight));
        steps_.push_back(
            {scored(weight) + (Cell{1} << matched_shift) + thing, -loss, foreign_symbol, loss, symbols[j]});
    }
}

/// Two symbols of the text at a time: the processor works on the second's row while it waits for the first's.
Alignment Aligner::align(const faq::Phrase& phrase) {
    const auto message = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    take_steps(phrase, columns_to_look_at(message));
    const auto [begin, length] = rows_to_look_at(message);
    row_.assign(steps_.size() + 1, begin);
    Cell best = 0;
    std::uint32_t best_end = 0;
    for (std::uint32_t i = begin; i < length; i += 2) {
        // A path that begins after this symbol, and after the next. Past the end nothing matches and all paths lose.
        const Cell fresh = i + 1;
        const Cell next_fresh = i + 2;
        const char16_t symbol = text_[i].symbol;
        const char16_t next_symbol = i + 1 < length ? text_[i + 1].symbol : char16_t{0};
        Cell diagonal = i;
        Cell left = fresh;
        Cell next_left = next_fresh;
        Cell row_best = 0;
        Cell next_best = 0;
        for (std::size_t j = 0; j < steps_.size(); ++j) {
            const Step& step = steps_[j];
            const Cell above = row_[j + 1];
            const Cell next_diagonal = left;
            const Cell along = diagonal + (step.symbol == symbol ? step.match : step.mismatch);
            left = std::max(std::max(along, above - step.extra), left - step.loss);
            left = worth_or(left, fresh);
            row_best = std::max(row_best, left);
            const Cell next_along = next_diagonal + (step.symbol == next_symbol ? step.match : step.mismatch);
            next_left = std::max(std::max(next_along, left - step.extra), next_left - step.loss);
            next_left = worth_or(next_left, next_fresh);
            next_best = std::max(next_best, next_left);
            diagonal = above;
            row_[j + 1] = next_left;
        }
        if (row_best > best) {
            best = row_best;
            best_end = i + 1;
        }
        if (next_best > best && i + 1 < length) {
            best = next_best;
            best_end = i + 2;
        }
    }
    return best < something ? Alignment{} : unpacked(best, best_end);
}

}  // namespace scca::explain
