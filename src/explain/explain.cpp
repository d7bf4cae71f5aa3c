// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/explain.hpp"

#include "codes.hpp"
#include "decode.hpp"
#include "evidence.hpp"
#include "mend.hpp"
#include "message_score.hpp"
#include "messages.hpp"
#include "rank.hpp"

#include "scca/faq/asked.hpp"
#include "scca/faq/index.hpp"

#include <algorithm>
#include <array>

namespace scca::explain {
namespace {

/// Longer texts are logs and pages, no questions: only messages and codes are looked for in them.
constexpr std::size_t longest_question = 300;

bool reads_as_linux(std::string_view text) {
    constexpr std::array<std::string_view, 14> marks{"pkcs11-tool", "pkcs15-tool", "opensc-tool", "pcscd", "pcsc_scan",
                                                     "systemctl",   "openssl ",    "p11tool",     "lsusb", "/usr/",
                                                     "/dev/",       "libpcsclite", ".so:",        "ELF"};
    for (const std::string_view mark : marks) {
        if (text.find(mark) != std::string_view::npos) return true;
    }
    return false;
}

/// The sentence of a library stands for its code, when it is nearly all that was pasted.
void read_sentences(std::string_view text, const faq::Folded& folded, const std::vector<MessageHit>& messages,
                    std::vector<CodeRead>& codes) {
    constexpr double nearly_whole = 0.9;
    constexpr double most_of_the_text = 0.6;
    constexpr int few_words = 200;  // 密码错误 is said of much else: it must be all that was pasted
    for (const MessageHit& hit : messages) {
        const auto symbols = static_cast<double>(folded.size());
        if (hit.phrase->code == 0 || hit.coverage < nearly_whole) continue;
        const double needed = hit.alignment.score < few_words ? nearly_whole : most_of_the_text;
        if (hit.alignment.matched < needed * symbols) continue;
        const faq::Code& code = faq::codes()[hit.phrase->code - 1U];
        const bool known =
            std::any_of(codes.begin(), codes.end(), [&](const CodeRead& read) { return read.code == &code; });
        if (known) continue;
        const std::uint32_t first = folded[hit.alignment.first].at;
        const std::uint32_t last = folded[hit.alignment.end - 1].at;
        const std::uint32_t end = last + faq::character_length(text, last);
        codes.push_back({&code, std::string(text.substr(first, end - first)), first, code.value});
    }
}

/// A heading of the guide, or a question that stands in the table to the letter, needs no weighing: its problems go
/// first.
void find_asked(std::string_view text, Explanation& explanation) {
    constexpr std::size_t longest_heading = 200;
    constexpr double to_the_letter = 0.9;
    if (text.size() > longest_heading) return;
    const faq::Asked asked = faq::asked(text);
    if (asked.size <= 3) return;
    std::vector<Match> first;
    for (const faq::AskedRow& row : faq::asked_rows(asked.key)) {
        first.push_back({{row.entry}, Confidence::likely, to_the_letter, std::string(text), 0});
    }
    if (first.empty()) return;
    std::erase_if(explanation.matches, [&](const Match& match) {
        return std::any_of(first.begin(), first.end(), [&](const Match& one) { return one.id == match.id; });
    });
    explanation.matches.insert(explanation.matches.begin(), first.begin(), first.end());
    explanation.similar.clear();
}

/// Nothing but guesses.
bool is_unsure(const Explanation& explanation) {
    if (!explanation.codes.empty()) return false;
    return explanation.matches.empty() || explanation.matches.front().confidence == Confidence::possible;
}

/// Looks at the messages again, as they may have been meant. What is found goes first, but is never certain.
void look_again(std::string_view text, std::span<const faq::FoldedSymbol> folded, std::span<const MessageHit> messages,
                const Evidence& evidence, Explanation& explanation) {
    const Mended meant = mended(folded, messages, evidence.foreign);
    const Findings findings{text, meant.text, meant.hits, {}, &evidence, false};
    const bool more = meant.better || std::any_of(meant.hits.begin(), meant.hits.end(),
                                                  [&](const MessageHit& hit) { return stands_out(hit, findings); });
    if (!more) return;
    Explanation second;
    rank(findings, second);
    const auto surer = second.matches.empty() ? Confidence::possible : second.matches.front().confidence;
    if (surer == Confidence::possible || (!explanation.matches.empty() && surer != Confidence::certain)) return;
    for (Match& match : second.matches) match.confidence = std::min(match.confidence, Confidence::likely);
    for (Match& match : explanation.matches) {
        const bool known = std::any_of(second.matches.begin(), second.matches.end(),
                                       [&](const Match& other) { return other.id == match.id; });
        if (!known) second.matches.push_back(std::move(match));
    }
    explanation.matches = std::move(second.matches);
    explanation.similar.clear();
}

}  // namespace

std::string_view name_of(Confidence confidence) noexcept {
    constexpr std::array<std::string_view, 3> names{"possible", "likely", "certain"};
    return names[static_cast<std::size_t>(confidence)];
}

Explanation explain(std::string_view bytes) {
    const Decoded decoded(bytes);
    const std::string_view text = decoded.text();
    faq::Folded folded;
    faq::fold(faq::fold_table(), text, folded);
    Explanation explanation;
    explanation.codes = read_codes(text);
    explanation.from_linux = reads_as_linux(text);
    const Pairs pairs = look_up_pairs(folded);
    const auto messages = find_messages(folded, pairs);
    if (explanation.codes.empty()) read_sentences(text, folded, messages, explanation.codes);
    const bool short_enough = folded.size() <= longest_question;
    const Evidence evidence = short_enough ? weigh(folded, pairs) : Evidence{};
    rank({text, folded, messages, explanation.codes, short_enough ? &evidence : nullptr}, explanation);
    if (short_enough && is_unsure(explanation)) look_again(text, folded, messages, evidence, explanation);
    const bool certain = !explanation.matches.empty() && explanation.matches.front().confidence == Confidence::certain;
    if (short_enough && !certain && explanation.codes.empty()) find_asked(text, explanation);
    for (CodeRead& code : explanation.codes) code.at = decoded.original(code.at);
    for (Match& match : explanation.matches) match.at = decoded.original(match.at);
    return explanation;
}

}  // namespace scca::explain
