// SPDX-License-Identifier: Apache-2.0
//
// How well a message of the table fits somewhere into a text: local alignment (Smith and Waterman 1981) with the
// message's own weights. A hole swallows whatever stands there.
#pragma once

#include "scca/faq/index.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace scca::explain {

struct Alignment {
    int score = 0;                     ///< weights matched less penalties
    int thing_matched = 0;             ///< weight of the matched symbols that name a thing
    int matched = 0;                   ///< symbols
    std::uint32_t first = 0, end = 0;  ///< of the text
};

/// The best place. O(symbols of the message × symbols of the text).
[[nodiscard]] Alignment align(const faq::Phrase& phrase, std::span<const faq::FoldedSymbol> text);

}  // namespace scca::explain
