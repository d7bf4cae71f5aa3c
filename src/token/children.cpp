// SPDX-License-Identifier: Apache-2.0
#include "children.hpp"

#include <sys/wait.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace scca::token {
namespace {

using Children = std::array<std::atomic<pid_t>, 256>;

/// A signal handler can reach nothing but static storage, and must not be the first to make it.
Children& children() noexcept {
    static constinit Children all{};
    return all;
}

bool is_gone(pid_t child) noexcept {
    const pid_t answer = ::waitpid(child, nullptr, WNOHANG);
    return answer == child || (answer < 0 && errno != EINTR);
}

}  // namespace

void note_child(pid_t child) noexcept {
    for (auto& place : children()) {
        pid_t nobody = 0;
        if (place.compare_exchange_strong(nobody, child)) return;
    }
}

void forget_child(pid_t child) noexcept {
    for (auto& place : children()) {
        pid_t expected = child;
        if (place.compare_exchange_strong(expected, 0)) return;
    }
}

void end_children() noexcept {
    constexpr timespec moment{.tv_sec = 0, .tv_nsec = 1'000'000};
    int patience = 1000;  // milliseconds for all: one that waits in the kernel for hardware is left to init
    for (const auto& place : children()) {
        const pid_t child = place;
        if (child == 0) continue;
        ::kill(-child, SIGKILL);
        // A module may have moved the child into another group.
        ::kill(child, SIGKILL);
    }
    for (const auto& place : children()) {
        for (; place != 0 && patience > 0 && !is_gone(place); --patience) ::nanosleep(&moment, nullptr);
    }
}

}  // namespace scca::token
