// SPDX-License-Identifier: Apache-2.0
//
// What must not be left half done: whoever interrupts waits for it.
#pragma once

#include <csignal>
#include <initializer_list>

namespace scca::token {

/// While it lives, SIGINT, SIGTERM and SIGHUP do not reach this thread; another thread of the program may get them.
class InterruptsWait {
public:
    InterruptsWait() noexcept {
        sigset_t waiting{};
        sigemptyset(&waiting);
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&waiting, number);
        pthread_sigmask(SIG_BLOCK, &waiting, &before_);
    }
    InterruptsWait(const InterruptsWait&) = delete;
    InterruptsWait& operator=(const InterruptsWait&) = delete;
    ~InterruptsWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace scca::token
