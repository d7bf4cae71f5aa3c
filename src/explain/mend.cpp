// SPDX-License-Identifier: Apache-2.0
#include "mend.hpp"

#include "scca/faq/features.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace scca::explain {
namespace {

double worth_of(const MessageHit& hit) { return hit.alignment.score * hit.coverage; }

/// The best hits of problems' messages, but not the short ones of which all is there, or which other people's things
/// have, too.
std::vector<MessageHit> promising(std::span<const MessageHit> hits, bool others) {
    constexpr std::size_t at_most = 3;
    constexpr int short_phrase = 165, a_character = 30;
    std::vector<MessageHit> best;
    for (const MessageHit& hit : hits) {
        if (!hit.phrase->has_entry || hit.phrase->is_title) continue;
        const bool is_short = hit.phrase->weight < short_phrase;
        if (is_short && (others || hit.phrase->weight - hit.alignment.score < a_character)) continue;
        best.push_back(hit);
    }
    std::stable_sort(best.begin(), best.end(),
                     [](const MessageHit& a, const MessageHit& b) { return worth_of(a) > worth_of(b); });
    if (best.size() > at_most) best.resize(at_most);
    return best;
}

/// The symbols of a message.
class SymbolsOf {
public:
    explicit SymbolsOf(const faq::Phrase& phrase)
        : symbols_(faq::phrase_symbols().subspan(phrase.first, phrase.count)) {
        for (const char16_t symbol : symbols_) bits_[symbol / 64U % 16U] |= std::uint64_t{1} << (symbol & 63U);
    }
    [[nodiscard]] bool hold(char16_t symbol) const noexcept {
        const bool perhaps = (bits_[symbol / 64U % 16U] >> (symbol & 63U) & 1U) != 0;
        return perhaps && std::find(symbols_.begin(), symbols_.end(), symbol) != symbols_.end();
    }

private:
    std::span<const char16_t> symbols_;
    std::array<std::uint64_t, 16> bits_{};
};

/// A symbol of the text that may stand for others.
struct Doubtful {
    std::size_t at = 0;
    std::span<const faq::Mistake> meant;
};

/// Those that make no pair of the table's language with a neighbour: 票 of 发票 is no mistake.
std::vector<Doubtful> doubtful(std::span<const faq::FoldedSymbol> text) {
    std::vector<Doubtful> symbols;
    bool known_before = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool known_after = i + 1 < text.size() && !text[i + 1].after_gap &&
                                 faq::find_gram(faq::pair_key(text[i].symbol, text[i + 1].symbol)) != nullptr;
        if (!known_before && !known_after && !faq::is_latin(text[i].symbol)) {
            const auto meant = faq::mistakes_for(text[i].symbol);
            if (!meant.empty()) symbols.push_back({i, meant});
        }
        known_before = known_after;
    }
    return symbols;
}

/// Puts right every symbol that the message does not have, but that may have been taken for one of it. Whether there
/// was any.
bool put_right(const SymbolsOf& message, std::span<const Doubtful> symbols, faq::Folded& text) {
    bool any = false;
    for (const Doubtful& symbol : symbols) {
        if (message.hold(text[symbol.at].symbol)) continue;
        for (const faq::Mistake& mistake : symbol.meant) {
            if (!message.hold(mistake.meant)) continue;
            text[symbol.at].symbol = mistake.meant;
            any = true;
            break;
        }
    }
    return any;
}

}  // namespace

Mended mended(std::span<const faq::FoldedSymbol> text, std::span<const MessageHit> hits, bool others) {
    Mended result{promising(hits, others), false, {}};
    if (result.hits.empty()) return result;
    result.text.assign(text.begin(), text.end());
    const auto symbols = doubtful(text);
    Aligner aligner;
    faq::Folded meant;
    double best = 0;
    for (MessageHit& hit : result.hits) {
        meant.assign(text.begin(), text.end());
        if (!put_right(SymbolsOf(*hit.phrase), symbols, meant)) continue;
        aligner.read(meant);
        const Alignment alignment = aligner.align(*hit.phrase);
        if (alignment.score <= hit.alignment.score) continue;
        hit.alignment = alignment;
        measure(hit);
        result.better = true;
        if (worth_of(hit) <= best) continue;
        best = worth_of(hit);
        result.text = meant;
    }
    return result;
}

}  // namespace scca::explain
