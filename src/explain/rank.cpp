// SPDX-License-Identifier: Apache-2.0
#include "rank.hpp"

#include "message_score.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace scca::explain {
namespace {

/// A problem while it is being judged.
struct Candidate {
    faq::Id id;
    double score = 0;                  ///< 0 to 1
    std::uint32_t first = 0, end = 0;  ///< bytes of the text
    Confidence confidence = Confidence::possible;
    double gain = 0;        ///< of a message: how much it explains, less what of it is not there
    bool has_hole = false;  ///< of a message: something is filled in
};

std::uint32_t end_of(const Findings& findings, std::size_t symbol) {
    const std::uint32_t at = findings.folded[symbol].at;
    return at + faq::character_length(findings.text, at);
}

constexpr double accepted = 0.5;
constexpr double accepted_when_spoken_for = 0.38;
constexpr double certainly = 0.85;

bool has_hole(const faq::Phrase& phrase) {
    const auto symbols = faq::phrase_symbols().subspan(phrase.first, phrase.count);
    return std::find(symbols.begin(), symbols.end(), faq::hole) != symbols.end();
}

std::vector<Candidate> candidates_of_messages(const Findings& findings) {
    std::vector<Candidate> candidates;
    for (const MessageHit& hit : findings.messages) {
        if (!hit.phrase->has_entry) continue;
        const double score = score_of(hit, findings);
        if (score < (is_spoken_for(hit, findings) ? accepted_when_spoken_for : accepted) && !stands_out(hit, findings))
            continue;
        const Confidence confidence =
            is_nearly_whole(hit, findings) || score >= certainly ? Confidence::certain : Confidence::likely;
        candidates.push_back({hit.phrase->entry, score, findings.folded[hit.alignment.first].at,
                              end_of(findings, hit.alignment.end - 1), confidence, gain_of(hit),
                              has_hole(*hit.phrase)});
    }
    return candidates;
}

/// Most of a message, and the code fills its hole: 安装证书发生错误！错误号: {code}.
bool holds(const Candidate& message, std::size_t code_at) {
    constexpr double most_of_it = 0.7;
    constexpr std::size_t a_few_marks = 8;
    return message.has_hole && message.score >= most_of_it && message.first <= code_at &&
           code_at <= message.end + a_few_marks;
}

/// A code names its problem; the second of several readings is only likely. The message around it says more.
std::vector<Candidate> candidates_of_codes(const Findings& findings, std::span<const Candidate> messages) {
    constexpr double of_first = 0.9;
    constexpr double of_others = 0.7;
    constexpr double of_filling = 0.5;
    std::vector<Candidate> candidates;
    std::optional<std::size_t> place;
    for (const CodeRead& code : findings.codes) {
        const bool first = place != code.at;
        place = code.at;
        if (!code.code->has_entry) continue;
        const bool fills =
            std::any_of(messages.begin(), messages.end(), [&](const Candidate& m) { return holds(m, code.at); });
        candidates.push_back({code.code->entry,
                              fills   ? of_filling
                              : first ? of_first
                                      : of_others,
                              static_cast<std::uint32_t>(code.at),
                              static_cast<std::uint32_t>(code.at + code.written.size()),
                              first ? Confidence::certain : Confidence::likely});
    }
    return candidates;
}

bool overlap(const Candidate& a, const Candidate& b) {
    const std::uint32_t first = std::max(a.first, b.first);
    const std::uint32_t end = std::min(a.end, b.end);
    if (first >= end) return false;
    return 2 * (end - first) >= std::min(a.end - a.first, b.end - b.first);
}

/// Whether the text outside both places speaks for `a` and not for `b`: 成都 beside a message of two platforms.
bool rest_speaks_for(const Candidate& a, const Candidate& b, const Findings& findings) {
    constexpr double clearly = 120;
    constexpr double hardly = 0.8;
    if (findings.evidence == nullptr) return false;
    faq::Folded rest;
    for (const faq::FoldedSymbol& symbol : findings.folded) {
        if (symbol.at < std::min(a.first, b.first) || symbol.at >= std::max(a.end, b.end)) rest.push_back(symbol);
    }
    const Evidence evidence = weigh(rest, look_up_pairs(rest));
    const double for_a = evidence.weight[a.id.index];
    return for_a >= clearly && evidence.weight[b.id.index] < hardly * for_a;
}

/// 验证签名操作失败 is more than the 签名操作失败 in it, though both stand there whole.
bool explains_more(const Candidate& a, const Candidate& b) {
    constexpr double clearly_more = 1.1;
    constexpr double nearly_as_well = 0.85;
    return a.gain > 0 && b.gain > 0 && a.gain > clearly_more * b.gain && a.score >= nearly_as_well * b.score;
}

/// The best claim to each place: of those that fit nearly as well, the one that the rest of the text speaks for.
std::vector<Candidate> contested(std::vector<Candidate> candidates, const Findings& findings) {
    constexpr double nearly_as_well = 0.93;
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::vector<Candidate> kept;
    for (const Candidate& candidate : candidates) {
        const auto same =
            std::find_if(kept.begin(), kept.end(), [&](const Candidate& other) { return other.id == candidate.id; });
        const bool known = same != kept.end();
        if (known && overlap(*same, candidate)) same->gain = std::max(same->gain, candidate.gain);
        const bool beaten = !known && std::any_of(kept.begin(), kept.end(), [&](const Candidate& other) {
            return overlap(candidate, other) && !explains_more(candidate, other) &&
                   (explains_more(other, candidate) || candidate.score < nearly_as_well * other.score ||
                    rest_speaks_for(other, candidate, findings));
        });
        if (known || beaten) continue;
        std::erase_if(kept, [&](const Candidate& other) {
            return overlap(candidate, other) && !explains_more(other, candidate) &&
                   (explains_more(candidate, other) || rest_speaks_for(candidate, other, findings));
        });
        kept.push_back(candidate);
    }
    return kept;
}

/// A code, or more than a few words of a message: what the rest of the text asks for can wait.
bool is_sure(const Candidate& candidate) {
    constexpr double clearly = 0.7;
    constexpr double a_few_words = 180;
    const bool is_code = candidate.gain == 0;
    return candidate.score >= clearly && (is_code || candidate.gain >= a_few_words || candidate.score >= certainly);
}

/// What must speak for a problem before a question is answered, by whose its thing is (faq::Claim), and how much of all
/// that the text tells: a little about us among much that nobody here understands is another person's trouble.
struct Bar {
    std::array<double, 3> weight, share;
};
constexpr Bar with_trouble{{1800, 1050, 700}, {0.35, 0.41, 0.25}};
constexpr Bar without_trouble{{1800, 1050, 750}, {0.35, 0.35, 0.25}};
constexpr double share_without_thing = 0.4;
/// So much is no chance, though courtesies and the story of the morning make up most of the text.
constexpr Bar plenty{{2100, 1350, 1050}, {0.25, 0.2, 0.18}};

/// A few words are enough where they say nothing else, and sooner where nobody else has the thing; more are needed
/// where the thing belongs to somebody unknown.
double by_share(const Evidence& evidence, double share) {
    constexpr double all_of_it = 1.0, nearly_all = 0.7, most = 0.55, wholly = 0.85;
    constexpr double for_unknown_owner = 1.3;
    if (evidence.unknown_owner) return share >= all_of_it ? 1.0 : for_unknown_owner;
    if (share >= all_of_it) return evidence.claim == faq::Claim::common ? 0.76 : 0.5;
    if (evidence.names_trouble && evidence.claim != faq::Claim::common && evidence.in_words >= wholly) return 0.5;
    return share >= (evidence.claim == faq::Claim::ours ? most : nearly_all) ? 0.8 : 1.0;
}

/// Not much speaks for us, nor for most of the text, and part of it is about something that nobody here knows.
bool is_about_something_else(const Findings& findings, double best, double share) {
    constexpr std::array<double, 3> not_much{0, 1600, 1200};  // by faq::Claim
    constexpr double part = 0.15, most = 0.75;
    const Evidence& evidence = *findings.evidence;
    return best < not_much[static_cast<std::size_t>(evidence.claim)] && share < most &&
           unknown_share(findings.folded, evidence.words) >= part;
}

bool asks_for_us(const Findings& findings, std::span<const faq::Id> ids) {
    constexpr double no_other_comes_near = 1.8, for_the_only_one = 0.75;
    const Evidence& evidence = *findings.evidence;
    const double best = evidence.weight[ids.front().index];
    const double next = ids.size() > 1 ? evidence.weight[ids[1].index] : 0.0;
    const bool only_one = evidence.claim == faq::Claim::ours && !evidence.unknown_owner &&
                          evidence.anchored[ids.front().index] && best >= no_other_comes_near * next;
    constexpr double in_spite_of_foreign = 1800;
    constexpr double without_thing = 1500;
    const auto claim = static_cast<std::size_t>(evidence.claim);
    const double share = best / std::max(1.0, evidence.told);
    if (!evidence.names_trouble && evidence.fine) return false;
    if (!evidence.names_thing) return !evidence.foreign && best >= without_thing && share >= share_without_thing;
    const Bar& bar = evidence.names_trouble ? with_trouble : without_trouble;
    const double needed = bar.weight[claim] * std::min(by_share(evidence, share), only_one ? for_the_only_one : 2.0);
    const bool is_plenty = best >= plenty.weight[claim] && share >= plenty.share[claim];
    constexpr double little = 1100, as_well = 0.65, some = 0.6;
    if (!evidence.names_trouble && best < little && next > as_well * best && share < some) return false;
    if (best < needed || (share < bar.share[claim] && !is_plenty)) return false;
    if (is_about_something_else(findings, best, share)) return false;
    return !(evidence.foreign || evidence.stranger > 0) ||
           (evidence.claim == faq::Claim::ours && best >= in_spite_of_foreign);
}

/// The best three, of equals the first of the table; nobody asks for more.
std::vector<faq::Id> by_evidence(const Evidence& evidence) {
    constexpr std::size_t most = 3;
    std::vector<faq::Id> ids;
    ids.reserve(most + 1);
    for (std::size_t i = 0; i < evidence.weight.size(); ++i) {
        const double weight = evidence.weight[i];
        if (weight <= 0 || (ids.size() == most && weight <= evidence.weight[ids.back().index])) continue;
        const auto place =
            std::find_if(ids.begin(), ids.end(), [&](faq::Id other) { return evidence.weight[other.index] < weight; });
        ids.insert(place, {static_cast<std::uint16_t>(i)});
        if (ids.size() > most) ids.pop_back();
    }
    return ids;
}

/// The words that were understood, from the first to the last.
std::pair<std::uint32_t, std::uint32_t> span_of(const Evidence& evidence, const Findings& findings) {
    std::uint32_t first = 0;
    std::uint32_t end = static_cast<std::uint32_t>(findings.folded.size());
    if (!evidence.words.empty()) {
        first = evidence.words.front().first;
        end = evidence.words.back().first + evidence.words.back().count;
    }
    return {findings.folded[first].at, end_of(findings, end - 1)};
}

std::vector<Candidate> candidates_of_question(const Findings& findings) {
    constexpr double as_good_as_the_best = 0.85;
    constexpr double everything = 2400;
    std::vector<Candidate> candidates;
    if (findings.evidence == nullptr || findings.folded.empty()) return candidates;
    const Evidence& evidence = *findings.evidence;
    const auto ids = by_evidence(evidence);
    if (ids.empty()) return candidates;
    const double best = evidence.weight[ids.front().index];
    if (!asks_for_us(findings, ids)) return candidates;
    const auto [first, end] = span_of(evidence, findings);
    const double next = ids.size() > 1 ? evidence.weight[ids[1].index] : 0.0;
    for (std::size_t i = 0; i < std::min<std::size_t>(ids.size(), 3); ++i) {
        const double weight = evidence.weight[ids[i].index];
        if (weight < as_good_as_the_best * best) break;
        const bool clear = i == 0 && next < as_good_as_the_best * best && evidence.anchored[ids[i].index];
        candidates.push_back({ids[i], 0.4 + 0.4 * std::min(1.0, weight / everything), first, end,
                              clear ? Confidence::likely : Confidence::possible});
    }
    return candidates;
}

void tell(const Candidate& candidate, const Findings& findings, Explanation& explanation) {
    constexpr std::size_t shown = 240;
    Match match;
    match.id = candidate.id;
    match.confidence = candidate.confidence;
    match.score = candidate.score;
    match.at = candidate.first;
    std::uint32_t end = candidate.first;
    while (end < candidate.end && end - candidate.first < shown) end += faq::character_length(findings.text, end);
    match.matched = std::string(findings.text.substr(candidate.first, end - candidate.first));
    explanation.matches.push_back(std::move(match));
}

void tell_similar(const Evidence& evidence, Explanation& explanation) {
    constexpr double faintly = 350;
    for (const faq::Id id : by_evidence(evidence)) {
        if (explanation.similar.size() == 3 || evidence.weight[id.index] < faintly) break;
        if (evidence.names_thing) explanation.similar.push_back(id);
    }
}

}  // namespace

void rank(const Findings& findings, Explanation& explanation) {
    std::vector<Candidate> candidates = candidates_of_messages(findings);
    const auto of_codes = candidates_of_codes(findings, candidates);
    candidates.insert(candidates.end(), of_codes.begin(), of_codes.end());
    candidates = contested(std::move(candidates), findings);
    const bool sure = std::any_of(candidates.begin(), candidates.end(), is_sure);
    if (!sure && findings.may_be_question) {
        for (const Candidate& candidate : candidates_of_question(findings)) {
            const auto known = std::find_if(candidates.begin(), candidates.end(),
                                            [&](const Candidate& c) { return c.id == candidate.id; });
            if (known == candidates.end()) {
                candidates.push_back(candidate);
            } else {
                known->score = std::min(1.0, std::max(candidate.score, known->score) + 0.3 * candidate.score);
            }
        }
    }
    // Of several errors that are told equally well the first in the text is likely the cause of the others.
    constexpr double all_but_a_mark = 0.97;
    const auto told = [](const Candidate& candidate) {
        return candidate.score >= all_but_a_mark ? 1.0 : candidate.score;
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        if (told(a) != told(b)) return told(a) > told(b);
        if (a.first != b.first) return a.first < b.first;
        return evidence_for(findings, a.id) > evidence_for(findings, b.id);
    });
    for (const Candidate& candidate : candidates) tell(candidate, findings, explanation);
    if (candidates.empty() && explanation.codes.empty() && findings.evidence != nullptr)
        tell_similar(*findings.evidence, explanation);
}

}  // namespace scca::explain
