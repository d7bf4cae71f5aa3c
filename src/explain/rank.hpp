// SPDX-License-Identifier: Apache-2.0
//
// From what was found in a text (messages, codes, words of people's own) to the problems that it speaks of. The
// thresholds stand here and in message_score.cpp.
#pragma once

#include "evidence.hpp"
#include "messages.hpp"

#include "scca/explain/explain.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace scca::explain {

struct Findings {
    std::string_view text;  ///< UTF-8
    std::span<const faq::FoldedSymbol> folded;
    std::span<const MessageHit> messages;
    std::span<const CodeRead> codes;
    const Evidence* evidence = nullptr;  ///< none for long texts
    bool may_be_question = true;         ///< false where only messages are wanted
};

/// Problems best first, and similar ones when there is none. Offsets count in the UTF-8 text.
void rank(const Findings& findings, Explanation& explanation);

}  // namespace scca::explain
