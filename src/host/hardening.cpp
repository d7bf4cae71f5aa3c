// SPDX-License-Identifier: Apache-2.0
#include "hardening.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <array>
#include <csignal>
#include <cstdio>

namespace scca::host {
namespace {

/// More than any module needs to look at one key, less than would hurt the machine.
constexpr rlim_t max_memory = rlim_t{2} * 1024 * 1024 * 1024;

/// AddressSanitizer maps terabytes.
bool is_sanitized() { return dlsym(RTLD_DEFAULT, "__asan_init") != nullptr; }

void limit(int resource, rlim_t value) {
    rlimit now{};
    // Best effort: a lower hard limit stays, and a child without the limit is still under its deadline.
    if (getrlimit(static_cast<__rlimit_resource_t>(resource), &now) != 0) return;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < value) value = now.rlim_max;
    now.rlim_cur = value;
    setrlimit(static_cast<__rlimit_resource_t>(resource), &now);
}

}  // namespace

bool harden(int descriptor) {
    // An ignored signal survives exec, and a sanitizer catches some: a crash is to be a crash.
    for (const int number : std::array{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE, SIGTERM, SIGINT, SIGCHLD}) {
        static_cast<void>(std::signal(number, SIG_DFL));
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    if (!is_sanitized()) limit(RLIMIT_DATA, max_memory);
    // What a module prints is to arrive before it crashes.
    static_cast<void>(std::setvbuf(stdout, nullptr, _IOLBF, 0));
    if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) return false;
    // A parent that died before the prctl sends no signal any more, but its end of the pipe is closed.
    pollfd end{descriptor, 0, 0};
    return poll(&end, 1, 0) == 0;
}

}  // namespace scca::host
