// SPDX-License-Identifier: Apache-2.0
//
// For work whose result is told bit by bit, and may still be told of what is done when somebody ends the program. Says
// nothing itself.
#pragma once

#include <functional>
#include <thread>

namespace scca::token {

/// While it lives, Ctrl-C and its like (install_interrupt) write and end nothing: `end` is called, in a thread of its
/// own and once at most. It ends the program with end_interrupted, or returns where the work came to its end by itself
/// meanwhile. A reader who takes nothing for a second, and who presses Ctrl-C again, ends the program all the same.
/// Without a thread to be had nobody is called, and whoever works has to ask is_interrupted. One at a time.
class OrderlyEnd {
public:
    explicit OrderlyEnd(std::function<void()> end);
    OrderlyEnd(const OrderlyEnd&) = delete;
    OrderlyEnd& operator=(const OrderlyEnd&) = delete;
    ~OrderlyEnd();

private:
    std::thread thread_;
};

[[nodiscard]] bool is_interrupted() noexcept;

/// Tells the person who pressed the keys, and ends the program as it stands, and what it has started. From a signal's
/// handler, too.
[[noreturn]] void end_interrupted(int status) noexcept;

}  // namespace scca::token
