// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace scca::cli {

Progress::Progress(const Console& console, bool wanted)
    : console_(console), wanted_(wanted && token::look_at_terminal().stderr_is_terminal) {}

bool Progress::is_due() {
    constexpr std::chrono::milliseconds pause{100};
    const auto now = std::chrono::steady_clock::now();
    if (!wanted_ || now - last_ < pause) return false;
    last_ = now;
    return true;
}

void Progress::show(std::size_t files) {
    if (is_due()) write(std::to_string(files) + " …");
}

void Progress::show_share(std::uint64_t done, std::uint64_t all) {
    if (all == 0 || !is_due()) return;
    const std::string percent = std::to_string(std::min<std::uint64_t>(100 * done / all, 100));
    write(report::fill(faq::words::cli::log_progress.in(console_.lang()), {{"percent", percent}}, console_.lang()));
}

void Progress::wait(const std::string& path, std::chrono::milliseconds left) {
    if (!is_due()) return;
    constexpr std::size_t longest_name = 28;  // a line that a narrow terminal breaks could not be taken away
    std::string name = harmless(std::string_view(path).substr(path.rfind('/') + 1));
    if (display_width(name) > longest_name) name = "…";
    const auto seconds = static_cast<std::int64_t>((left.count() + 999) / 1000);
    write(report::fill(faq::words::cli::driver_waits.in(console_.lang()), {{"name", name}, {"seconds", seconds}},
                       console_.lang()));
}

void Progress::write(const std::string& line) {
    shown_ = true;
    std::fprintf(stderr, "\r%s\x1b[K", console_.for_terminal(line).c_str());
    std::fflush(stderr);
}

void Progress::finish() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
    shown_ = false;
}

}  // namespace scca::cli
