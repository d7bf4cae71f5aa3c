// SPDX-License-Identifier: Apache-2.0
#include "message_score.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>

namespace scca::explain {

double evidence_for(const Findings& findings, faq::Id id) {
    return findings.evidence == nullptr ? 0.0 : findings.evidence->weight[id.index];
}

double best_evidence(const Findings& findings) { return findings.evidence == nullptr ? 0.0 : findings.evidence->best; }

namespace {

bool is_latin_phrase(const faq::Phrase& phrase) {
    return std::all_of(faq::phrase_symbols().begin() + phrase.first,
                       faq::phrase_symbols().begin() + phrase.first + phrase.count,
                       [](char16_t symbol) { return symbol == faq::hole || faq::is_latin(symbol); });
}

/// How far the rest of the text agrees, 0 to 1: it speaks for this problem nearly as strongly as for any.
double agreement(const Findings& findings, faq::Id id) {
    constexpr double nearly = 0.8;
    const double best = best_evidence(findings);
    return best <= 0 ? 1.0 : std::min(1.0, evidence_for(findings, id) / (nearly * best));
}

/// Only the message's thing was matched (数字证书 of 没有找到数字证书), or only its trouble (失败请重试 of
/// 签名失败请重试).
bool names_one_half_only(const MessageHit& hit) {
    constexpr double hardly = 0.3;
    constexpr double little_of_it = 0.2, most = 0.7;
    constexpr int too_much_for_chance = 250;
    const int trouble = hit.alignment.score - hit.alignment.thing_matched;
    const int trouble_weight = hit.phrase->weight - hit.phrase->thing_weight;
    if (trouble_weight > 0 && trouble < hardly * trouble_weight) return true;
    const bool all_is_thing = trouble_weight < little_of_it * hit.phrase->weight;
    if (all_is_thing && hit.thing < most && hit.alignment.score < too_much_for_chance) return true;
    return hit.thing < hardly && hit.alignment.score < too_much_for_chance;
}

bool line_breaks_between(const Findings& findings, std::size_t from, std::size_t to) {
    return findings.text.substr(from, to - from).find('\n') != std::string_view::npos;
}

/// Nothing else stands on the lines that it takes, and something on others: the sentence of a dialog among its
/// furniture.
bool has_lines_of_its_own(const MessageHit& hit, const Findings& findings) {
    const std::size_t first = hit.alignment.first, end = hit.alignment.end;
    const auto at = [&](std::size_t symbol) { return findings.folded[symbol].at; };
    const bool begins = first == 0 || line_breaks_between(findings, at(first - 1), at(first));
    const bool ends = end == findings.folded.size() || line_breaks_between(findings, at(end - 1), at(end));
    return begins && ends && end - first < findings.folded.size();
}

/// Whether what people ask about the problem has the trouble.
bool has_trouble(faq::Id id, std::uint16_t trouble) {
    const faq::Slice entries = faq::trouble(trouble).entries;
    const auto postings = faq::postings().subspan(entries.first, entries.count);
    return std::any_of(postings.begin(), postings.end(),
                       [id](const faq::Posting& posting) { return posting.target == id.index; });
}

/// It has but a piece of a word of the text (码输入错误 of 验证码输入错误), or what follows is another trouble (设备已
/// of 设备已离线, where the message says 设备已锁): not a damaged message, but another one.
bool says_something_else(const MessageHit& hit, const Findings& findings) {
    if (findings.evidence == nullptr) return false;
    const std::uint32_t first = hit.alignment.first, end = hit.alignment.end;
    return std::any_of(findings.evidence->words.begin(), findings.evidence->words.end(), [&](const faq::WordHit& word) {
        const std::uint32_t word_end = word.first + word.count;
        if (word.first == end) {
            return word.kind == faq::WordKind::trouble && !findings.folded[end].after_gap &&
                   !has_trouble(hit.phrase->entry, word.concept_number);
        }
        const std::uint32_t inside = std::min(end, word_end) - std::min(std::max(first, word.first), word_end);
        return word.first < end && word_end > first && 2 * inside < word.count;
    });
}

/// A few words that are nearly a message, joined to something that nobody here knows: 密码错误 of 路由器密码错误.
bool is_strangers(const MessageHit& hit, const Findings& findings) {
    constexpr int few_words = 200;
    constexpr double nearly = 0.7;
    const std::uint32_t first = hit.alignment.first;
    if (findings.evidence == nullptr || hit.alignment.score >= few_words || hit.coverage < nearly) return false;
    if (first == 0 || findings.folded[first].after_gap) return false;
    const Evidence& evidence = *findings.evidence;
    const bool is_thing = std::any_of(evidence.words.begin(), evidence.words.end(), [&](const faq::WordHit& word) {
        return word.first == first && word.kind == faq::WordKind::thing;
    });
    return (evidence.stranger > 0 && first >= evidence.stranger) || (evidence.unknown_owner && is_thing);
}

/// 投标文件加密失败 is one character away from 投标文件解密失败, and another trouble.
bool says_the_opposite(const MessageHit& hit, const Findings& findings) {
    constexpr std::array<std::u16string_view, 2> opposites{u"加密", u"解密"};
    const auto message = faq::phrase_symbols().subspan(hit.phrase->first, hit.phrase->count);
    const auto text = findings.folded.subspan(hit.alignment.first, hit.alignment.end - hit.alignment.first);
    const auto in_message = [&](std::u16string_view word) {
        return std::search(message.begin(), message.end(), word.begin(), word.end()) != message.end();
    };
    const auto in_text = [&](std::u16string_view word) {
        const auto is = [](const faq::FoldedSymbol& folded, char16_t symbol) { return folded.symbol == symbol; };
        return std::search(text.begin(), text.end(), word.begin(), word.end(), is) != text.end();
    };
    const bool first = in_message(opposites[0]);
    if (first == in_message(opposites[1])) return false;
    return in_text(opposites[first ? 1 : 0]) && !in_text(opposites[first ? 0 : 1]);
}

/// What matched stands in the message to the letter and takes no denial away from it: 能获取签章信息 is no piece of
/// 不能获取签章信息.
bool is_to_the_letter(const MessageHit& hit, const Findings& findings) {
    constexpr std::u16string_view denials = u"不未没无非";
    const auto message = faq::phrase_symbols().subspan(hit.phrase->first, hit.phrase->count);
    const auto text = std::span(findings.folded).subspan(hit.alignment.first, hit.alignment.end - hit.alignment.first);
    const auto same = [](char16_t symbol, const faq::FoldedSymbol& other) { return symbol == other.symbol; };
    const auto piece = std::search(message.begin(), message.end(), text.begin(), text.end(), same);
    if (piece == message.end()) return false;
    return piece == message.begin() || denials.find(*std::prev(piece)) == std::u16string_view::npos;
}

/// Nothing but a piece of the message, and no other problem's message has it: 签章软件未识别到USB-KEY.
bool is_piece_of_one(const MessageHit& hit, const Findings& findings) {
    constexpr double nearly_all = 0.9, most = 0.7;
    constexpr int a_few_words = 150, half_a_sentence = 250;
    constexpr double as_good = 0.8, nearly_only = 0.9;
    const Alignment& own = hit.alignment;
    const double of_text = static_cast<double>(own.matched) / static_cast<double>(findings.folded.size());
    const bool all = of_text >= nearly_all && own.score >= a_few_words;
    if (!all && (of_text < most || own.score < half_a_sentence)) return false;
    const bool names_both = own.thing_matched > 0 && own.thing_matched < nearly_only * own.score;
    if (!names_both || !is_to_the_letter(hit, findings)) return false;
    return std::none_of(findings.messages.begin(), findings.messages.end(), [&](const MessageHit& other) {
        return other.phrase->has_entry && other.phrase->entry != hit.phrase->entry &&
               other.alignment.score >= as_good * own.score && other.alignment.matched >= nearly_only * own.matched;
    });
}

}  // namespace

bool is_nearly_whole(const MessageHit& hit, const Findings& findings) {
    constexpr double nearly = 0.85, whole = 0.97;
    constexpr int not_short = 200, some_words = 110;
    if (hit.coverage < nearly || hit.phrase->is_title || says_the_opposite(hit, findings)) return false;
    if (hit.alignment.score >= not_short) return true;
    return hit.coverage >= whole && hit.alignment.score >= some_words && has_lines_of_its_own(hit, findings);
}

double score_of(const MessageHit& hit, const Findings& findings) {
    constexpr double nearly_complete = 0.52;
    constexpr double a_lot = 360;     // a dozen characters
    constexpr double a_little = 120;  // five: as good as nothing
    constexpr double few_words = 200;
    constexpr double almost_whole = 0.85;
    constexpr double whole_text = 0.75;
    constexpr double of_a_piece = 0.9;
    const double told = hit.alignment.score;
    const double of_text = static_cast<double>(hit.alignment.matched) / static_cast<double>(findings.folded.size());
    double score = std::min(1.0, told / a_lot) * 0.9;
    if (hit.coverage >= nearly_complete) {
        score = std::max(score, hit.coverage * std::min(1.0, told / a_little));
    } else if (of_text >= whole_text && hit.coverage >= 0.4 && told >= 80) {
        score = std::max(score, 0.5 + 0.4 * hit.coverage);
    } else if (is_latin_phrase(*hit.phrase)) {
        score *= 0.7;
    }
    if (hit.phrase->is_title && hit.coverage < 0.8) score *= 0.5;
    if (names_one_half_only(hit)) score *= 0.55;
    if (says_the_opposite(hit, findings)) score *= 0.45;
    const bool whole = is_nearly_whole(hit, findings);
    if (!whole && told < few_words && says_something_else(hit, findings)) score *= 0.6;
    if (!whole && is_strangers(hit, findings)) score *= 0.45;
    if (!hit.phrase->is_title && is_piece_of_one(hit, findings)) score = std::max(score, of_a_piece);
    const bool foreign = findings.evidence != nullptr && findings.evidence->foreign;
    const bool in_spite = told >= (hit.coverage < almost_whole ? a_lot : few_words) && hit.coverage >= nearly_complete;
    if (foreign && !whole && !in_spite) score *= 0.45;
    score = std::min(1.0, score);
    // 证书已过期 of 盖章时证书已过期: all of a short message, but another problem has the rest of the text as well.
    constexpr double much_more = 1.5, nearly_all = 0.77;
    const bool is_outspoken = best_evidence(findings) > much_more * evidence_for(findings, hit.phrase->entry);
    if (!whole && told < few_words && hit.coverage >= nearly_all && is_outspoken) score *= 0.75;
    const bool among_many = told < few_words && of_text < 0.5;
    const double at_least = among_many ? 0.2 : 0.55;
    return whole ? score : score * (at_least + (1 - at_least) * agreement(findings, hit.phrase->entry));
}

bool is_spoken_for(const MessageHit& hit, const Findings& findings) {
    constexpr double clearly = 500;
    constexpr int not_by_chance = 100;
    if (findings.evidence == nullptr || findings.evidence->foreign || findings.evidence->fine) return false;
    if (is_strangers(hit, findings)) return false;
    const double evidence = evidence_for(findings, hit.phrase->entry);
    return evidence >= clearly && evidence >= best_evidence(findings) && hit.alignment.score >= not_by_chance &&
           findings.evidence->names_thing && (findings.evidence->names_trouble || hit.coverage >= 0.5);
}

bool stands_out(const MessageHit& hit, const Findings& findings) {
    constexpr double half = 0.55, clearly = 165, near = 0.85;
    constexpr double of_text = 0.45;
    if (findings.may_be_question || findings.evidence == nullptr || findings.evidence->foreign) return false;
    const double own = gain_of(hit);
    if (hit.phrase->is_title || hit.coverage < half || own < clearly) return false;
    if (hit.alignment.matched < of_text * static_cast<double>(findings.folded.size())) return false;
    return std::none_of(findings.messages.begin(), findings.messages.end(), [&](const MessageHit& other) {
        return other.phrase->entry != hit.phrase->entry && gain_of(other) > near * own;
    });
}

double gain_of(const MessageHit& hit) {
    constexpr double of_the_lost = 0.25;
    return hit.alignment.score - of_the_lost * (hit.phrase->weight - hit.alignment.score);
}

}  // namespace scca::explain
