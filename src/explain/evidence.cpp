// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include "scca/faq/features.hpp"

#include <algorithm>
#include <string_view>

namespace scca::explain {
namespace {

void add(std::vector<int>& weight, faq::Slice slice) {
    for (const faq::Posting& posting : faq::postings().subspan(slice.first, slice.count)) {
        weight[posting.target] += posting.weight;
    }
}

/// What the table knows speaks for its problems; what it does not know is told all the same.
void add_features(std::span<const faq::FoldedSymbol> text, const Pairs& pairs, Evidence& evidence) {
    constexpr double of_unknown_pair = 160;
    constexpr double of_unknown_word = 250;
    MetGrams met;
    std::vector<std::uint32_t> unknown;
    faq::each_feature(text, [&](std::uint32_t key, std::size_t first, std::size_t count) {
        const bool is_pair = count == 2 && !faq::is_latin(text[first].symbol);
        const faq::Gram* gram = is_pair ? pairs[first] : faq::find_gram(key);
        if (gram != nullptr && gram->weight > 0) {
            if (!met.meet(*gram)) return;
            add(evidence.weight, gram->entries());
            evidence.told += gram->weight;
        } else if ((key & 0xFFFFU) != 0) {
            unknown.push_back(key);
        }
    });
    std::sort(unknown.begin(), unknown.end());
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    for (const std::uint32_t key : unknown)
        evidence.told += faq::is_latin(static_cast<char16_t>(key >> 16U)) ? of_unknown_word : of_unknown_pair;
}

/// The concepts of one kind, each once.
std::vector<std::uint16_t> numbers_of(std::span<const faq::WordHit> words, faq::WordKind kind) {
    std::vector<std::uint16_t> numbers;
    for (const faq::WordHit& hit : words) {
        if (hit.kind == kind) numbers.push_back(hit.concept_number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

/// 成功, but not the 成功 of 不成功.
bool is_fine(std::span<const faq::FoldedSymbol> text, const faq::WordHit& hit) {
    constexpr std::u16string_view denials = u"不没未无";
    if (hit.kind != faq::WordKind::fine) return false;
    return hit.first == 0 || denials.find(text[hit.first - 1].symbol) == std::u16string_view::npos;
}

/// 修改 of 修改成功 is no trouble.
bool went_well(std::span<const faq::FoldedSymbol> text, std::span<const faq::WordHit> words, std::size_t i) {
    return i + 1 < words.size() && is_fine(text, words[i + 1]) && text[words[i + 1].first].symbol == u'成' &&
           words[i + 1].first == words[i].first + words[i].count;
}

void add_concepts(std::span<const faq::FoldedSymbol> text, Evidence& evidence) {
    const auto things = numbers_of(evidence.words, faq::WordKind::thing);
    const auto troubles = numbers_of(evidence.words, faq::WordKind::trouble);
    for (std::size_t i = 0; i < evidence.words.size(); ++i) {
        const faq::WordHit& hit = evidence.words[i];
        evidence.foreign = evidence.foreign || hit.kind == faq::WordKind::foreign;
        evidence.fine = evidence.fine || is_fine(text, hit);
        const bool is_trouble =
            hit.kind == faq::WordKind::trouble && faq::trouble(hit.concept_number).claim == faq::Claim::ours;
        evidence.names_trouble = evidence.names_trouble || (is_trouble && !went_well(text, evidence.words, i));
    }
    evidence.names_thing = !things.empty();
    for (const std::uint16_t number : things) {
        const faq::Concept& thing = faq::thing(number);
        add(evidence.weight, thing.entries);
        evidence.told += thing.weight;
        evidence.claim = std::max(evidence.claim, thing.claim);
    }
    for (const std::uint16_t number : troubles) {
        const faq::Concept& trouble = faq::trouble(number);
        add(evidence.weight, trouble.entries);
        evidence.told += trouble.weight;
    }
    for (const std::uint16_t thing : things) {
        for (const std::uint16_t trouble : troubles) {
            const faq::ConceptPair* pair = faq::find_pair(thing, trouble);
            if (pair == nullptr) continue;
            add(evidence.weight, pair->entries);
            for (const faq::Posting& posting : faq::postings().subspan(pair->entries.first, pair->entries.count)) {
                evidence.anchored[posting.target] = true;
            }
        }
    }
}

/// Whether the thing that begins at `first` is joined to a character or Latin word that no text of the table has there.
bool follows_unknown(std::span<const faq::FoldedSymbol> text, const Pairs& pairs, std::size_t first,
                     std::span<const faq::WordHit> words) {
    if (first == 0 || text[first].after_gap) return false;
    const bool in_word = std::any_of(words.begin(), words.end(), [&](const faq::WordHit& word) {
        return word.first < first && word.first + word.count >= first;
    });
    if (in_word) return false;
    if (!faq::is_latin(text[first - 1].symbol)) {
        // No text has pairs of a character and a letter: the pair before them tells.
        const std::size_t second = faq::is_latin(text[first].symbol) ? first - 1 : first;
        return second > 0 && pairs[second - 1] == nullptr;
    }
    std::size_t begin = first - 1;
    while (begin > 0 && !text[begin].after_gap && faq::is_latin(text[begin - 1].symbol)) --begin;
    return faq::find_gram(faq::word_key(text.subspan(begin, first - begin))) == nullptr;
}

bool has_unknown_owner(std::span<const faq::FoldedSymbol> text, const Pairs& pairs,
                       std::span<const faq::WordHit> words) {
    bool any = false;
    for (const faq::WordHit& hit : words) {
        if (hit.kind != faq::WordKind::thing || faq::thing(hit.concept_number).claim == faq::Claim::common) continue;
        if (!follows_unknown(text, pairs, hit.first, words)) return false;
        any = true;
    }
    return any;
}

/// Whether nobody here knows the pair of symbols or the Latin word at `i`. Moves `i` to what follows it.
bool is_unknown(std::span<const faq::FoldedSymbol> text, std::size_t& i) {
    const std::size_t first = i;
    i = faq::is_latin(text[first].symbol) ? faq::word_end(text, first) : first + 1;
    const bool is_word = faq::is_latin(text[first].symbol);
    if (!is_word && (i == text.size() || faq::is_latin(text[i].symbol))) return false;
    const faq::Gram* gram = faq::find_gram(is_word ? faq::word_key(text.subspan(first, i - first))
                                                   : faq::pair_key(text[first].symbol, text[i].symbol));
    return gram == nullptr || gram->weight == 0;
}

/// Words of every story, which name no thing; as they are folded to: 哪 for 那, 幺 for 么.
bool is_small_word(char16_t symbol) noexcept {
    constexpr std::u16string_view small_words =
        u"我你您他们咱请问求帮麻烦有在说让叫喊把给用拿要想会能不没无未了着过这哪个上下里中又还都也就才再刚来去到很太多"
        u"和与"
        u"跟是为被从对看点按弄搞办作换打出进收装插登改等急老新旧前昨领提示显报一二两三几遭咋啥怎幺呀啊嘛哦咯吧呢后时的"
        u"回事";
    return small_words.find(symbol) != std::u16string_view::npos;
}

/// How many symbols of somebody else's thing the text begins with: 路由器 of 路由器密码错误. What tells a story instead
/// (我同事说…) has one of the small words in it.
std::uint32_t stranger_at_first(std::span<const faq::FoldedSymbol> text, std::span<const faq::WordHit> words) {
    constexpr char16_t of = u'的';
    const auto first = std::find_if(words.begin(), words.end(), [](const faq::WordHit& hit) {
        return hit.kind == faq::WordKind::thing || hit.kind == faq::WordKind::trouble;
    });
    if (first == words.end() || first->first < 2) return 0;
    std::size_t end = first->first;
    if (text[end - 1].symbol == of) --end;
    int unknown = 0;
    int known = 0;
    for (std::size_t i = 0; i < end;) {
        if (i > 0 && text[i].after_gap) return 0;
        if (is_small_word(text[i].symbol)) return 0;
        ++(is_unknown(text, i) ? unknown : known);
    }
    return end >= 2 && !text[first->first].after_gap && unknown > known ? first->first : 0;
}

double share_in_words(std::span<const faq::FoldedSymbol> text, std::span<const faq::WordHit> words) {
    if (text.empty()) return 0;
    std::size_t covered = 0;
    std::size_t end = 0;
    for (const faq::WordHit& hit : words) {
        if (hit.kind != faq::WordKind::thing && hit.kind != faq::WordKind::trouble) continue;
        const std::size_t first = std::max<std::size_t>(end, hit.first);
        end = std::max<std::size_t>(end, hit.first + hit.count);
        covered += end - std::min(end, first);
    }
    return static_cast<double>(covered) / static_cast<double>(text.size());
}

bool is_in_word(std::span<const faq::WordHit> words, std::size_t symbol) {
    return std::any_of(words.begin(), words.end(), [symbol](const faq::WordHit& word) {
        return symbol >= word.first && symbol < word.first + word.count;
    });
}

}  // namespace

double unknown_share(std::span<const faq::FoldedSymbol> text, std::span<const faq::WordHit> words) {
    int unknown = 0;
    int pairs = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (faq::is_latin(text[i].symbol) || faq::is_latin(text[i + 1].symbol)) continue;
        ++pairs;
        if (is_small_word(text[i].symbol) || is_small_word(text[i + 1].symbol)) continue;
        if (text[i + 1].after_gap || (is_in_word(words, i) && is_in_word(words, i + 1))) continue;
        const faq::Gram* gram = faq::find_gram(faq::pair_key(text[i].symbol, text[i + 1].symbol));
        unknown += gram == nullptr || gram->weight == 0 ? 1 : 0;
    }
    return pairs == 0 ? 0 : static_cast<double>(unknown) / pairs;
}

Evidence weigh(std::span<const faq::FoldedSymbol> text, const Pairs& pairs) {
    Evidence evidence;
    evidence.weight.assign(faq::entries().size(), 0);
    evidence.anchored.assign(faq::entries().size(), false);
    evidence.words = faq::find_words(faq::word_trie(), text);
    add_features(text, pairs, evidence);
    add_concepts(text, evidence);
    evidence.best = *std::max_element(evidence.weight.begin(), evidence.weight.end());
    evidence.in_words = share_in_words(text, evidence.words);
    evidence.unknown_owner = has_unknown_owner(text, pairs, evidence.words);
    evidence.stranger = stranger_at_first(text, evidence.words);
    return evidence;
}

}  // namespace scca::explain
