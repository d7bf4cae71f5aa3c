// SPDX-License-Identifier: Apache-2.0
#include "messages.hpp"

#include <algorithm>
#include <cstddef>

namespace scca::explain {
namespace {

/// The longest message has some 90 symbols; it lies whole in one window or the next.
constexpr std::size_t window_size = 384;
constexpr std::size_t window_step = 256;
constexpr std::size_t aligned_at_most = 10;
constexpr std::size_t aligned_in_short_text = 6;
/// Pairs that stand in so many messages tell next to nothing, unless the text has few others.
constexpr std::uint32_t too_common = 100;
constexpr std::size_t few_pairs = 15;

struct Candidate {
    std::uint16_t phrase = 0;
    std::uint32_t weight = 0;
    double coverage = 0, worth = 0;
};

/// Nobody asks for such a hit: it is no answer (score_of), no sentence of a library (read_sentences), and no rival of a
/// piece that is an answer (is_piece_of_one).
bool says_nothing(int score, const faq::Phrase& phrase) noexcept {
    constexpr int too_little = 120;
    constexpr double too_small_a_part = 0.33, hardly_a_sentence = 0.9;
    const double coverage = static_cast<double>(score) / phrase.weight;
    if (!phrase.has_entry) return coverage < hardly_a_sentence;
    return score <= 0 || (score < too_little && coverage < too_small_a_part);
}

class Searcher {
public:
    Searcher() : weight_(faq::phrases().size(), 0), touched_(faq::phrases().size() + 1) {}

    void search(std::span<const faq::FoldedSymbol> window, std::span<const faq::Gram* const> pairs, std::size_t offset,
                std::vector<MessageHit>& hits) {
        collect(pairs);
        aligner_.read(window);
        for (const Candidate& candidate : best_candidates(window.size())) {
            const faq::Phrase& phrase = faq::phrases()[candidate.phrase];
            if (says_nothing(aligner_.highest_score(phrase), phrase)) continue;
            MessageHit hit{&phrase, aligner_.align(phrase), 0, 1};
            if (says_nothing(hit.alignment.score, phrase)) continue;
            measure(hit);
            hit.alignment.first += static_cast<std::uint32_t>(offset);
            hit.alignment.end += static_cast<std::uint32_t>(offset);
            hits.push_back(hit);
        }
    }

private:
    /// Adds up, message by message, the weight of the pairs of symbols that the window shares with it.
    void collect(std::span<const faq::Gram* const> pairs) {
        MetGrams met;
        touched_count_ = 0;
        for (const faq::Gram* gram : pairs) {
            if (gram == nullptr || (gram->phrase_count > too_common && pairs.size() > few_pairs) || !met.meet(*gram))
                continue;
            for (const faq::Posting& posting : faq::postings().subspan(gram->first_posting, gram->phrase_count)) {
                // Without a jump, which the processor would guess wrong.
                touched_[touched_count_] = posting.target;
                touched_count_ += weight_[posting.target] == 0 ? 1 : 0;
                weight_[posting.target] += posting.weight;
            }
        }
    }

    /// Those worth aligning: in a short text only what comes near the best, in a long one whatever is nearly whole.
    std::vector<Candidate> best_candidates(std::size_t symbols) {
        constexpr std::uint32_t too_little = 30;
        constexpr std::size_t short_text = 64;
        std::vector<Candidate> candidates;
        candidates.reserve(touched_count_);
        double best = 0;
        for (const std::uint16_t phrase : std::span(touched_).first(touched_count_)) {
            const std::uint32_t weight = weight_[phrase];
            weight_[phrase] = 0;
            if (weight < too_little) continue;
            const double coverage = static_cast<double>(weight) / faq::phrases()[phrase].weight;
            if (symbols > short_text && coverage < 0.2 && weight < 150) continue;
            candidates.push_back({phrase, weight, coverage, weight * (0.3 + coverage)});
            best = std::max(best, candidates.back().worth);
        }
        if (symbols <= short_text) {
            std::erase_if(candidates, [best](const Candidate& candidate) {
                return candidate.worth < 0.4 * best && candidate.coverage < 0.5;
            });
        }
        const auto better = [](const Candidate& a, const Candidate& b) {
            return a.worth != b.worth ? a.worth > b.worth : a.phrase < b.phrase;
        };
        const std::size_t count =
            std::min(candidates.size(), symbols <= short_text ? aligned_in_short_text : aligned_at_most);
        std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count), candidates.end(),
                          better);
        candidates.resize(count);
        return candidates;
    }

    Aligner aligner_;
    std::vector<std::uint32_t> weight_;   ///< by phrase; all 0 between windows
    std::vector<std::uint16_t> touched_;  ///< the phrases that have weight, and room behind them
    std::size_t touched_count_ = 0;
};

}  // namespace

void measure(MessageHit& hit) noexcept {
    hit.coverage = static_cast<double>(hit.alignment.score) / hit.phrase->weight;
    if (hit.phrase->thing_weight > 0)
        hit.thing = static_cast<double>(hit.alignment.thing_matched) / hit.phrase->thing_weight;
}

std::vector<MessageHit> find_messages(std::span<const faq::FoldedSymbol> text, const Pairs& pairs) {
    Searcher searcher;
    std::vector<MessageHit> hits;
    for (std::size_t offset = 0; offset < text.size(); offset += window_step) {
        const std::size_t count = std::min(window_size, text.size() - offset);
        // The pair at a window's end has a half outside it.
        searcher.search(text.subspan(offset, count), std::span(pairs).subspan(offset, count - 1), offset, hits);
        if (offset + window_size >= text.size()) break;
    }
    return hits;
}

}  // namespace scca::explain
