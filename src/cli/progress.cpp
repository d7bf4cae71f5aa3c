// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include "scca/token/surroundings.hpp"

#include <cstdio>

namespace scca::cli {

Progress::Progress() {
    const token::Terminal terminal = token::look_at_terminal();
    wanted_ = terminal.stderr_is_terminal && !terminal.stdout_is_terminal;
}

void Progress::show(std::size_t files) {
    constexpr std::chrono::milliseconds pause{100};
    const auto now = std::chrono::steady_clock::now();
    if (!wanted_ || now - last_ < pause) return;
    last_ = now;
    shown_ = true;
    std::fprintf(stderr, "\r%zu …", files);
    std::fflush(stderr);
}

void Progress::finish() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace scca::cli
