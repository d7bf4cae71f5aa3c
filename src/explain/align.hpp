// SPDX-License-Identifier: Apache-2.0
//
// How well a message of the table fits somewhere into a text: local alignment (Smith and Waterman 1981) with the
// message's own weights. A hole swallows whatever stands there.
#pragma once

#include "scca/faq/index.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scca::explain {

struct Alignment {
    int score = 0;                     ///< weights matched less penalties
    int thing_matched = 0;             ///< weight of the matched symbols that name a thing
    int matched = 0;                   ///< symbols
    std::uint32_t first = 0, end = 0;  ///< of the text
};

/// Keeps its memory from one message to the next.
class Aligner {
public:
    /// The best place. O(symbols of the message × symbols of the text).
    [[nodiscard]] Alignment align(const faq::Phrase& phrase, std::span<const faq::FoldedSymbol> text);

private:
    /// A score with what else is told of a path, as one number.
    using Cell = std::int64_t;
    /// What the steps at one symbol of the message bring.
    struct Step {
        Cell match = 0, mismatch = 0;
        Cell extra = 0;  ///< lost with each symbol of the text that stands before it
        Cell loss = 0;   ///< when it is missing
        char16_t symbol = 0;
    };

    void take_steps(const faq::Phrase& phrase);

    std::vector<Step> steps_;
    std::vector<Cell> row_;
};

}  // namespace scca::explain
