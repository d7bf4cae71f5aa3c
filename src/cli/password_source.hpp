// SPDX-License-Identifier: Apache-2.0
//
// PKCS #12 files, which need a password before they can be read: from a descriptor (--password-fd), or else asked at
// the terminal. Keeps the password that opened a file for the next one, and wipes it in the end.
#pragma once

#include "console.hpp"

#include "scca/token/secret.hpp"
#include "scca/token/snapshot.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace scca::cli {

/// Used by several workers at once; asks one question at a time.
class PasswordSource {
public:
    /// Below 0 there is no descriptor, and a terminal is asked when the first such file comes.
    PasswordSource(int descriptor, const Console& console);

    /// Why the descriptor that was named gives no password, when it gives none.
    [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

    /// A PKCS #12 file as the certificates in it, end to end; every other file as it is.
    [[nodiscard]] token::FileGiven opened(token::FileGiven file);

    /// A file that opened() had no password for: nothing is known of what is inside, least of all that it is damaged.
    [[nodiscard]] static bool is_locked(const token::FileGiven& file) noexcept;

private:
    enum class Terminal : std::uint8_t { untried, missing, answers, closed };

    /// Asks until a password opens it, the person gives up, or they had their tries.
    void ask_and_open(ByteView content, token::FileGiven& file);
    [[nodiscard]] bool ask(const std::string& path, bool again);
    [[nodiscard]] faq::Text refusal() const;

    const Console& console_;
    const bool by_descriptor_;
    std::mutex mutex_;
    token::Secret password_;
    Terminal terminal_ = Terminal::untried;
    std::optional<Fault> fault_;
};

}  // namespace scca::cli
