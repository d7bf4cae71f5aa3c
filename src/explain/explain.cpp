// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/explain.hpp"

#include "codes.hpp"
#include "decode.hpp"
#include "evidence.hpp"
#include "messages.hpp"
#include "rank.hpp"

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
    for (const MessageHit& hit : messages) {
        const auto symbols = static_cast<double>(folded.size());
        if (hit.phrase->code == 0 || hit.coverage < nearly_whole) continue;
        if (hit.alignment.matched < most_of_the_text * symbols) continue;
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
    const auto messages = find_messages(folded);
    if (explanation.codes.empty()) read_sentences(text, folded, messages, explanation.codes);
    const bool short_enough = folded.size() <= longest_question;
    const Evidence evidence = short_enough ? weigh(folded) : Evidence{};
    rank({text, folded, messages, explanation.codes, short_enough ? &evidence : nullptr}, explanation);
    for (CodeRead& code : explanation.codes) code.at = decoded.original(code.at);
    for (Match& match : explanation.matches) match.at = decoded.original(match.at);
    return explanation;
}

}  // namespace scca::explain
