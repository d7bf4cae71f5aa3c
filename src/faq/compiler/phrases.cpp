// SPDX-License-Identifier: Apache-2.0
#include "phrases.hpp"

#include "scca/faq/features.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>

namespace scca::faq::compiler {
namespace {

/// A phrase before it has weights: folded pieces with holes between them.
struct Draft {
    Folded symbols;  ///< a hole is a symbol of its own
    Id entry;
    bool has_entry = true;
    std::uint16_t code = 0;
    bool is_title = false;
};

/// {n} and … are holes.
Folded folded_with_holes(const FoldTable& table, std::string_view text) {
    Folded all;
    const auto add = [&](std::string_view piece) {
        Folded symbols;
        fold(table, piece, symbols);
        all.insert(all.end(), symbols.begin(), symbols.end());
    };
    while (!text.empty()) {
        const std::size_t ellipsis = text.find("…");
        const std::size_t open = std::min(text.find('{'), ellipsis);
        add(text.substr(0, open));
        if (open == std::string_view::npos) break;
        const std::size_t close = open == ellipsis ? open + std::string_view("…").size() - 1 : text.find('}', open);
        if (!all.empty() && all.back().symbol != hole) all.push_back({hole, true, 0});
        text = close == std::string_view::npos ? std::string_view() : text.substr(close + 1);
    }
    if (!all.empty() && all.back().symbol == hole) all.pop_back();
    return all;
}

/// The message with Taiwan's words. Each is tried where no other has been put yet, so the order of the file counts.
std::string in_words_of_taiwan(std::string_view message, const std::vector<RegionalWord>& words) {
    std::string said;
    while (!message.empty()) {
        const auto word = std::find_if(words.begin(), words.end(),
                                       [&](const RegionalWord& one) { return message.starts_with(one.here); });
        said += word == words.end() ? std::string(message.substr(0, 1)) : word->there;
        message.remove_prefix(word == words.end() ? 1 : word->here.size());
    }
    return said;
}

std::vector<Draft> drafts_of(const Faq& faq, const FoldTable& table) {
    std::vector<Draft> drafts;
    std::map<std::string, std::uint16_t> owner;
    for (std::size_t i = 0; i < faq.problems.size(); ++i) {
        const Problem& problem = faq.problems[i];
        const Id id{static_cast<std::uint16_t>(i)};
        for (const Mention& message : problem.messages) {
            drafts.push_back({folded_with_holes(table, message.text), id});
            const std::string said = in_words_of_taiwan(message.text, faq.regional);
            if (said != message.text) drafts.push_back({folded_with_holes(table, said), id});
        }
        for (const std::string* title : {&problem.title.zh, &problem.title.en}) {
            drafts.push_back({folded_with_holes(table, *title), id, true, 0, true});
        }
        for (const Mention& code : problem.codes) owner[code.text] = static_cast<std::uint16_t>(i);
    }
    std::uint16_t position = 0;
    for (const CodeFamily& family : faq.families) {
        for (const Code& code : family.codes) {
            ++position;
            if (code.library_text.empty()) continue;
            const auto entry = owner.find(family.id + ":" + code.symbol);
            const bool owned = entry != owner.end();
            drafts.push_back({folded_with_holes(table, code.library_text), Id{owned ? entry->second : std::uint16_t{0}},
                              owned, position});
        }
    }
    std::erase_if(drafts, [](const Draft& draft) { return draft.symbols.size() < 3; });
    return drafts;
}

/// How many bits a symbol tells: rare ones more, letters less, since a word has many of them.
std::map<char16_t, double> bits_of(const std::vector<Draft>& drafts) {
    std::map<char16_t, double> count;
    double total = 0;
    for (const Draft& draft : drafts) {
        for (const FoldedSymbol& symbol : draft.symbols) {
            count[symbol.symbol] += 1;
            total += 1;
        }
    }
    constexpr double of_latin = 0.4;
    for (auto& [symbol, bits] : count) bits = std::log2(total / bits) * (is_latin(symbol) ? of_latin : 1.0);
    return count;
}

std::uint8_t weight_of(double bits) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(bits * 2), 1L, 127L) * 2);
}

/// Weights symbol by symbol: what names a thing counts more than what is wrong with it, for many things fail.
std::vector<std::uint8_t> weights_of(const Draft& draft, const std::map<char16_t, double>& bits, const WordTrie& trie,
                                     std::uint16_t& thing_weight) {
    constexpr double of_thing = 1.3;
    constexpr double of_trouble = 0.7;
    std::vector<double> factor(draft.symbols.size(), 1.0);
    std::vector<bool> names_thing(draft.symbols.size(), false);
    for (const WordHit& hit : find_words(trie, draft.symbols)) {
        for (std::size_t i = hit.first; i < hit.first + hit.count; ++i) {
            if (hit.kind == WordKind::thing) names_thing[i] = true;
            factor[i] = names_thing[i] ? of_thing : (hit.kind == WordKind::trouble ? of_trouble : 1.0);
        }
    }
    std::vector<std::uint8_t> weights;
    for (std::size_t i = 0; i < draft.symbols.size(); ++i) {
        const bool is_hole = draft.symbols[i].symbol == hole;
        const std::uint8_t weight = is_hole ? std::uint8_t{0} : weight_of(bits.at(draft.symbols[i].symbol) * factor[i]);
        weights.push_back(static_cast<std::uint8_t>(weight | (names_thing[i] ? 1 : 0)));
        if (names_thing[i]) thing_weight = static_cast<std::uint16_t>(thing_weight + weight);
    }
    return weights;
}

void add_grams(const Draft& draft, const std::vector<std::uint8_t>& weights, std::uint16_t phrase, GramMap& grams) {
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i + 1 < draft.symbols.size(); ++i) {
        if (draft.symbols[i].symbol == hole || draft.symbols[i + 1].symbol == hole) continue;
        const std::uint32_t key = pair_key(draft.symbols[i].symbol, draft.symbols[i + 1].symbol);
        if (!seen.insert(key).second) continue;
        grams[key].phrases.push_back(
            {phrase, static_cast<std::uint16_t>((weight_in(weights[i]) + weight_in(weights[i + 1])) / 2)});
    }
}

}  // namespace

void add_phrases(const Faq& faq, IndexData& index, GramMap& grams) {
    const std::vector<Draft> drafts = drafts_of(faq, index.fold.view());
    const auto bits = bits_of(drafts);
    std::set<std::tuple<std::u16string, std::uint16_t, bool, std::uint16_t>> seen;
    for (const Draft& draft : drafts) {
        std::u16string symbols;
        for (const FoldedSymbol& symbol : draft.symbols) symbols.push_back(symbol.symbol);
        if (!seen.insert({symbols, draft.entry.index, draft.has_entry, draft.code}).second) continue;
        Phrase phrase;
        phrase.entry = draft.entry;
        phrase.has_entry = draft.has_entry;
        phrase.code = draft.code;
        phrase.first = static_cast<std::uint32_t>(index.phrase_symbols.size());
        phrase.count = static_cast<std::uint16_t>(symbols.size());
        phrase.is_title = draft.is_title;
        const auto weights = weights_of(draft, bits, index.trie.view(), phrase.thing_weight);
        for (const std::uint8_t weight : weights)
            phrase.weight = static_cast<std::uint16_t>(phrase.weight + weight_in(weight));
        index.phrase_symbols.insert(index.phrase_symbols.end(), symbols.begin(), symbols.end());
        index.phrase_weights.insert(index.phrase_weights.end(), weights.begin(), weights.end());
        add_grams(draft, weights, static_cast<std::uint16_t>(index.phrases.size()), grams);
        index.phrases.push_back(phrase);
    }
}

GramData gram_data(const GramMap& grams, std::vector<Posting>& postings) {
    GramData data;
    for (const auto& [key, row] : grams) {
        data.starts.resize((key >> 16U) + 1U, static_cast<std::uint16_t>(data.grams.size()));
        const auto weight = static_cast<std::uint16_t>(std::clamp(std::lround(row.weight), 0L, 65535L));
        data.grams.push_back({static_cast<std::uint32_t>(postings.size()), static_cast<char16_t>(key & 0xFFFFU),
                              static_cast<std::uint16_t>(row.phrases.size()),
                              static_cast<std::uint16_t>(row.entries.size()), weight});
        postings.insert(postings.end(), row.phrases.begin(), row.phrases.end());
        postings.insert(postings.end(), row.entries.begin(), row.entries.end());
    }
    data.starts.resize(0x10001, static_cast<std::uint16_t>(data.grams.size()));
    return data;
}

}  // namespace scca::faq::compiler
