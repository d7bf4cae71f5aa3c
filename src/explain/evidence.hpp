// SPDX-License-Identifier: Apache-2.0
//
// What a question in people's own words speaks of: a thing, what is wrong with it, and the words around them, weighed
// for every problem of the table.
#pragma once

#include "pairs.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace scca::explain {

struct Evidence {
    std::vector<int> weight;     ///< by entry: everything that speaks for it
    int best = 0;                ///< of these
    std::vector<bool> anchored;  ///< by entry: its thing and its trouble were both named
    std::vector<faq::WordHit> words;
    double told = 0;             ///< what the text tells at all; unknown words included
    bool fine = false;           ///< it says that something went well
    bool foreign = false;        ///< it names something that is not ours
    bool unknown_owner = false;  ///< each of its things follows a word that nobody here knows: 钢笔 of 钢笔密码
    std::uint32_t stranger =
        0;  ///< symbols at its beginning that name what nobody here knows: 路由器 of 路由器密码错误
    bool names_thing = false, names_trouble = false;
    double in_words = 0;  ///< the share of the text that is a known thing or trouble: 1 in 控件未安装
    faq::Claim claim = faq::Claim::common;  ///< the strongest of its things
};

/// How much of a text nobody here knows: pairs of characters that no text of the table has, those within and between
/// `words` left out of account.
[[nodiscard]] double unknown_share(std::span<const faq::FoldedSymbol> text, std::span<const faq::WordHit> words);

[[nodiscard]] Evidence weigh(std::span<const faq::FoldedSymbol> text, const Pairs& pairs);

}  // namespace scca::explain
