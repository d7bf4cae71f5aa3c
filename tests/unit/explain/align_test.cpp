// SPDX-License-Identifier: Apache-2.0
//
// Aligner works out several cells at once and leaves out what cannot matter; here every cell is worked out by itself.
#include "explain/align.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <random>
#include <vector>

namespace {

using namespace scca;

/// The better one is the larger.
struct Path {
    int score = 0, matched = 0, thing = 0;
    std::uint32_t first = 0;

    auto operator<=>(const Path&) const = default;
};

/// The best of the three ways to a cell.
Path best_way(Path along, Path down, Path right, char16_t of_message, std::uint8_t stored, char16_t of_text) {
    const int weight = faq::weight_in(stored);
    const bool is_hole = of_message == faq::hole;
    const int loss = weight / 4 + 2;
    if (!is_hole && of_message == of_text) {
        along.score += weight;
        along.matched += 1;
        along.thing += faq::names_thing(stored) ? weight : 0;
    } else {
        along.score -= is_hole ? 1 : loss;
    }
    down.score -= is_hole ? 1 : 7;
    right.score -= is_hole ? 0 : loss;
    return std::max({along, down, right});
}

explain::Alignment placed(const faq::Phrase& phrase, const faq::Folded& text) {
    const auto symbols = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    const auto weights = faq::phrase_weights().subspan(phrase.first, phrase.count);
    std::vector<Path> above(symbols.size() + 1);
    Path best;
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
        const Path fresh{0, 0, 0, i + 1};
        std::vector<Path> row{fresh};
        for (std::size_t j = 0; j < symbols.size(); ++j) {
            const Path way = best_way(above[j], above[j + 1], row[j], symbols[j], weights[j], text[i].symbol);
            row.push_back(way.score > 0 ? way : fresh);
            if (row.back() <= best) continue;
            best = row.back();
            end = i + 1;
        }
        above = row;
    }
    if (best.score == 0) return {};
    return {best.score, best.thing, best.matched, best.first, end};
}

/// A message as it is pasted: among other words, with symbols lost, put in and mistaken.
faq::Folded pasted(const faq::Phrase& phrase, const faq::Phrase& other, std::minstd_rand& random) {
    faq::Folded text;
    const auto add_other = [&] {
        const char16_t symbol = faq::phrase_symbols()[other.first + random() % other.count];
        text.push_back({symbol == faq::hole ? u'x' : symbol, false, static_cast<std::uint32_t>(text.size())});
    };
    for (auto n = random() % 8; n > 0; --n) add_other();
    for (const char16_t symbol : faq::phrase_symbols().subspan(phrase.first, phrase.count)) {
        const auto damage = random() % 12;
        if (symbol == faq::hole || damage < 2) add_other();
        if (symbol != faq::hole && damage > 0 && damage < 11)
            text.push_back({symbol, false, static_cast<std::uint32_t>(text.size())});
    }
    for (auto n = random() % 8; n > 0; --n) add_other();
    return text;
}

}  // namespace

TEST_CASE("a damaged message is placed where working out every cell places it, and scores no more than it can") {
    const auto phrases = faq::phrases();
    std::minstd_rand random(20261122);
    explain::Aligner aligner;
    for (const faq::Phrase& phrase : phrases) {
        const faq::Phrase& other = phrases[random() % phrases.size()];
        const faq::Folded text = pasted(phrase, other, random);
        aligner.read(text);
        for (const faq::Phrase* one : {&phrase, &other}) {
            const auto got = aligner.align(*one);
            const auto wanted = placed(*one, text);
            const auto parts = [](const explain::Alignment& a) {
                return std::array<long, 5>{a.score, a.matched, a.thing_matched, a.first, a.end};
            };
            REQUIRE(parts(got) == parts(wanted));
            REQUIRE(aligner.highest_score(*one) >= got.score);
        }
    }
}
