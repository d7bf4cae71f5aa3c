// SPDX-License-Identifier: Apache-2.0
//
// Secrets that a person types or hands over: a password, a PIN. They are wiped with their owner, stand in no value type
// and in no Snapshot, and come from a terminal or a descriptor; never from arguments or the environment.
#pragma once

#include "scca/core/result.hpp"

#include <string>
#include <string_view>

namespace scca::token {

/// Movable, never copied; its storage never grows, so that no copy is left behind.
class Secret {
public:
    static constexpr std::size_t longest = 1024;  ///< octets; what is longer is cut

    Secret();
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    void append(char c);
    void erase_last() noexcept;
    /// Overwrites it, which a compiler may not leave out, and empties it.
    void wipe() noexcept;

private:
    std::string text_;
};

/// What a person types at the controlling terminal, without echo; the terminal is as before when this returns, is
/// interrupted, stopped or told to end. `prompt` comes in the terminal's character set. A Fault of kind `system`:
/// "open" when there is no terminal (never another way round it), "read" with ENODATA when the input was ended
/// (Ctrl-D on an empty line). One call at a time in the program.
[[nodiscard]] Result<Secret> ask_secret(std::string_view prompt);

/// The first line that this descriptor gives, without its line feed. A Fault of kind `system` and call "read": the
/// descriptor is not open (EBADF), or gives nothing at all (ENODATA).
[[nodiscard]] Result<Secret> read_secret(int descriptor);

}  // namespace scca::token
