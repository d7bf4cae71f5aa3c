// SPDX-License-Identifier: Apache-2.0
//
// Messages of which text recognition misread characters, or that were typed by sound (正书 for 证书). Knows which
// characters are taken for which (faq/misread.txt, faq/sounds.txt) and puts right what the message has there; the
// alignment then decides whether it makes sense. Finds no message that was not found before, only more of it.
#pragma once

#include "messages.hpp"

#include <span>
#include <vector>

namespace scca::explain {

struct Mended {
    std::vector<MessageHit> hits;  ///< the few best ones, with what stands there once mistakes are put right
    bool better = false;           ///< whether of any of them more stands there
    faq::Folded text;              ///< with what the best of them has put right
};

/// `others`: the text speaks of other people's things.
[[nodiscard]] Mended mended(std::span<const faq::FoldedSymbol> text, std::span<const MessageHit> hits, bool others);

}  // namespace scca::explain
