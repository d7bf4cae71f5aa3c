// SPDX-License-Identifier: Apache-2.0
//
// Messages of the table found in a text of any length, damaged as pasted text is.
#pragma once

#include "align.hpp"
#include "pairs.hpp"

#include <span>
#include <vector>

namespace scca::explain {

struct MessageHit {
    const faq::Phrase* phrase = nullptr;
    Alignment alignment;
    double coverage = 0;  ///< of the message's weight, 0 to 1
    double thing = 1;     ///< of the weight that names a thing; 1 where the message names none
};

/// Works out `coverage` and `thing` from the alignment.
void measure(MessageHit& hit) noexcept;

/// The messages that may stand in the text, by place. Looks through long texts in windows, so time is linear and
/// memory does not grow with the text but with what is found.
[[nodiscard]] std::vector<MessageHit> find_messages(std::span<const faq::FoldedSymbol> text, const Pairs& pairs);

}  // namespace scca::explain
