// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/explain.hpp"

#include "codes.hpp"
#include "decode.hpp"
#include "evidence.hpp"
#include "messages.hpp"
#include "rank.hpp"

#include "scca/faq/index.hpp"

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
    const bool short_enough = folded.size() <= longest_question;
    const Evidence evidence = short_enough ? weigh(folded) : Evidence{};
    rank({text, folded, messages, explanation.codes, short_enough ? &evidence : nullptr}, explanation);
    for (CodeRead& code : explanation.codes) code.at = decoded.original(code.at);
    for (Match& match : explanation.matches) match.at = decoded.original(match.at);
    return explanation;
}

}  // namespace scca::explain
