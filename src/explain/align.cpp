// SPDX-License-Identifier: Apache-2.0
#include "align.hpp"

#include <algorithm>
#include <vector>

namespace scca::explain {
namespace {

/// A cell of the table as one number, so that the better of two is the larger: score, matched symbols, matched weight
/// that names a thing, and where in the text the path began. What a step adds is added in one go. A double holds it to
/// the last bit: 12 + 16 + 10 bits, and a score of up to 2^15.
using Cell = std::int64_t;
constexpr unsigned thing_shift = 12;
constexpr unsigned matched_shift = 28;
constexpr unsigned score_shift = 38;

/// What is lost with a symbol of the message that is not there, or another.
constexpr int loss_of(int weight) noexcept { return weight / 4 + 2; }

constexpr double scored(int score) noexcept { return static_cast<double>(static_cast<Cell>(score) << score_shift); }

/// What one more symbol of text costs between two symbols of the message.
constexpr double foreign_symbol = scored(7);
/// A hole swallows long names, but not a whole page.
constexpr double swallowed = scored(1);
/// Below this a path is worth nothing.
constexpr double something = scored(1);

/// Rows that are worked out together, and columns on either side of the message's own in which nothing is won or lost.
constexpr std::uint32_t together = 4;
constexpr std::uint32_t margin = together - 1;

Alignment unpacked(double packed, std::uint32_t end) noexcept {
    const auto cell = static_cast<Cell>(packed);
    Alignment alignment;
    alignment.score = static_cast<int>(cell >> score_shift);
    alignment.matched = static_cast<int>(cell >> matched_shift & 0x3FF);
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
    steps_.assign(count + 2 * margin, {});
    for (std::uint32_t j = 0; j < count; ++j) {
        const bool is_hole = symbols[j] == faq::hole;
        const int weight = faq::weight_in(weights[j]);
        const Cell thing = faq::names_thing(weights[j]) ? static_cast<Cell>(weight) << thing_shift : 0;
        const Cell one_matched = Cell{1} << matched_shift;
        const double loss = is_hole ? 0 : scored(loss_of(weight));
        const double match = is_hole ? -swallowed : scored(weight) + static_cast<double>(one_matched + thing);
        for (std::size_t lane = 0; lane < 2; ++lane) {
            Step& step = steps_[margin + j + 1 - lane];
            step.symbol[lane] = symbols[j];
            step.match[lane] = match;
            step.mismatch[lane] = is_hole ? match : -loss;
            step.extra[lane] = is_hole ? swallowed : foreign_symbol;
            step.loss[lane] = loss;
        }
    }
}

/// Two rows of the table: the upper one in [1], and in [0] the one below it, a column behind. What a cell needs of its
/// neighbours is then known for both.
struct Aligner::TwoRows {
    Cells symbol;  ///< of the text
    Cells fresh;   ///< a path that begins with it
    Cells value{}, diagonal{}, best{};

    static Cells larger(Cells a, Cells b) noexcept { return a > b ? a : b; }

    void step(const Step& step, Cells above) noexcept {
        const Cells from = diagonal < something ? fresh : diagonal;
        const Cells along = from + (step.symbol == symbol ? step.match : step.mismatch);
        value = larger(larger(above - step.extra, value - step.loss), along);
        best = larger(best, value);
        diagonal = above;
    }
};

Aligner::TwoRows Aligner::two_rows(std::uint32_t first) const noexcept {
    // Past the end nothing matches and all paths lose.
    const auto symbol = [this](std::size_t i) {
        return i < text_.size() ? static_cast<double>(text_[i].symbol) : -1.0;
    };
    return {Cells{symbol(first + 1), symbol(first)}, Cells{first + 1.0, static_cast<double>(first)}};
}

Alignment Aligner::align(const faq::Phrase& phrase) {
    const auto message = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    take_steps(phrase, columns_to_look_at(message));
    const auto [begin, end] = rows_to_look_at(message);
    row_.assign(steps_.size(), 0.0);
    double best = 0;
    std::uint32_t best_end = 0;
    for (std::uint32_t i = begin; i < end; i += together) {
        TwoRows upper = two_rows(i);
        TwoRows lower = two_rows(i + 2);
        for (std::size_t column = 0; column + margin < steps_.size(); ++column) {
            const Cells above_lower{lower.value[1], upper.value[0]};
            upper.step(steps_[column + margin], Cells{upper.value[1], row_[column + margin]});
            lower.step(steps_[column + 1], above_lower);
            row_[column] = lower.value[0];
        }
        std::uint32_t row = i;
        for (const double of_row : {upper.best[1], upper.best[0], lower.best[1], lower.best[0]}) {
            ++row;
            if (of_row <= best) continue;
            best = of_row;
            best_end = row;
        }
    }
    return best < something ? Alignment{} : unpacked(best, best_end);
}

}  // namespace scca::explain
