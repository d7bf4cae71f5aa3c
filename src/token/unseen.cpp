// SPDX-License-Identifier: Apache-2.0
#include "unseen.hpp"

#include "owned_fd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

namespace scca::token {
namespace {

Fault system_fault(std::string call, int number) {
    return {FaultKind::system, std::move(call), {}, number, std::strerror(number)};
}

/// Where the handler puts the number of a signal. A signal handler can reach nothing but static storage.
std::atomic<int>& signal_slot() {
    static std::atomic<int> descriptor{-1};
    return descriptor;
}

extern "C" void note_signal(int number) {
    const int before = errno;
    const char octet = static_cast<char>(number);
    [[maybe_unused]] const auto written = ::write(signal_slot().load(), &octet, 1);
    errno = before;
}

/// Signals that end or stop the program: while it lives they are octets in a pipe, whichever thread they hit. SIGCONT
/// is one of them because nobody can see SIGSTOP coming: a shell may have made the terminal show again what is typed.
class CaughtSignals {
public:
    CaughtSignals() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
        out_ = OwnedFd(ends[0]);
        in_ = OwnedFd(ends[1]);
        signal_slot().store(in_.number());
        struct sigaction action {};
        action.sa_handler = note_signal;
        for (std::size_t i = 0; i < numbers.size(); ++i) ::sigaction(numbers[i], &action, &before_[i]);
    }
    ~CaughtSignals() {
        if (!out_.is_open()) return;
        for (std::size_t i = 0; i < numbers.size(); ++i) ::sigaction(numbers[i], &before_[i], nullptr);
        signal_slot().store(-1);
    }
    CaughtSignals(const CaughtSignals&) = delete;
    CaughtSignals& operator=(const CaughtSignals&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return out_.number(); }
    /// Those that came, an octet each: a hang-up sends SIGCONT along with SIGHUP, in whatever order.
    [[nodiscard]] std::string take() const {
        std::array<char, 16> octets{};
        const ssize_t count = ::read(out_.number(), octets.data(), octets.size());
        return {octets.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    }

private:
    static constexpr std::array numbers{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT};
    OwnedFd out_, in_;
    std::array<struct sigaction, numbers.size()> before_{};
};

/// The terminal without echo, for as long as it lives.
class Unseen {
public:
    explicit Unseen(int terminal) : terminal_(terminal) {
        if (::tcgetattr(terminal_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= static_cast<tcflag_t>(ICANON | ISIG | ECHONL);
        silent.c_iflag |= ICRNL;
        // What was typed before the question is no answer to it.
        changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
    }
    ~Unseen() {
        if (changed_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

    [[nodiscard]] bool holds() const noexcept { return changed_; }

private:
    int terminal_;
    termios before_{};
    bool changed_ = false;
};

struct Answer {
    std::string signals;  ///< that came instead
    int refusal = 0;      ///< errno
};

/// One question and its answer; signals are back where they were when this returns.
Answer ask_once(int terminal, std::string_view prompt, const std::function<void(int)>& take) {
    const CaughtSignals signals;
    const Unseen unseen(terminal);
    if (!unseen.holds()) return {.signals = {}, .refusal = errno};
    [[maybe_unused]] const auto written = ::write(terminal, prompt.data(), prompt.size());
    std::array<pollfd, 2> ready{pollfd{terminal, POLLIN, 0}, pollfd{signals.descriptor(), POLLIN, 0}};
    while (::poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR) {
    }
    if (std::string came = signals.take(); !came.empty()) {
        [[maybe_unused]] const auto ended = ::write(terminal, "\n", 1);
        return {.signals = std::move(came), .refusal = 0};
    }
    // The other end is gone; SIGHUP says so as well, a little later.
    if ((ready[0].revents & (POLLHUP | POLLERR)) != 0) return {.signals = {SIGHUP}, .refusal = 0};
    // A terminal in canonical mode is ready when a whole line is.
    take(terminal);
    return {.signals = signals.take(), .refusal = 0};
}

}  // namespace

std::optional<Fault> ask_unseen(std::string_view prompt, const std::function<void(int terminal)>& take) {
    // Nothing waits but poll: whoever reads on after Ctrl-D would not hear Ctrl-C.
    const OwnedFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!terminal.is_open()) return system_fault("open", errno);
    for (;;) {
        const Answer answer = ask_once(terminal.number(), prompt, take);
        if (answer.refusal != 0) return system_fault("tcsetattr", answer.refusal);
        if (answer.signals.empty()) return std::nullopt;
        // Now as if they had come without us: they end the program, or stop it, and after that we ask again.
        for (const char signal : answer.signals) ::raise(signal);
    }
}

}  // namespace scca::token
