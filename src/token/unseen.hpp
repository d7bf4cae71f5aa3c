// SPDX-License-Identifier: Apache-2.0
//
// A question at the controlling terminal whose answer is not shown. The terminal is as it was when this returns, and
// before any signal does what it does: Ctrl-C, Ctrl-Z, a hang-up, kill. Who comes back after fg is asked again, unseen
// again. Knows nothing of what is asked for and keeps nothing of it.
#pragma once

#include "scca/core/fault.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace scca::token {

/// Asks with `prompt`, in the terminal's character set, and has `take` read the line from the descriptor of the
/// terminal, which never waits: when there is a line, or its input was ended. Should a signal come even then, `take`
/// reads anew. A fault (system: "open", "tcsetattr") when there is no terminal. One call at a time in the program.
[[nodiscard]] std::optional<Fault> ask_unseen(std::string_view prompt, const std::function<void(int terminal)>& take);

}  // namespace scca::token
