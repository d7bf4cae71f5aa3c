// SPDX-License-Identifier: Apache-2.0
//
// The pairs of neighbours in a text, looked up in the index once for all who ask: messages are found by them, and
// questions weighed.
#pragma once

#include "scca/faq/features.hpp"
#include "scca/faq/index.hpp"

#include <span>
#include <vector>

namespace scca::explain {

/// By the place of the first symbol: what the index has of it and the next; null where that is nothing.
using Pairs = std::vector<const faq::Gram*>;

[[nodiscard]] inline Pairs look_up_pairs(std::span<const faq::FoldedSymbol> text) {
    Pairs pairs(text.size(), nullptr);
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        pairs[i] = faq::find_gram(faq::pair_key(text[i].symbol, text[i + 1].symbol));
    return pairs;
}

/// Features that were met already: however often a text has one, it counts once.
class MetGrams {
public:
    MetGrams() : met_(faq::grams().size(), false) {}

    /// Whether it is new.
    [[nodiscard]] bool meet(const faq::Gram& gram) {
        auto met = met_[static_cast<std::size_t>(&gram - faq::grams().data())];
        const bool is_new = !met;
        met = true;
        return is_new;
    }

private:
    std::vector<bool> met_;
};

}  // namespace scca::explain
