// SPDX-License-Identifier: Apache-2.0
#include "scca/token/secret.hpp"

#include "owned_fd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
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

/// Signals that end or stop the program: while it lives they are octets in a pipe, whichever thread they hit.
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
    /// The first that came; 0 when none did.
    [[nodiscard]] int take() const {
        char octet = 0;
        return ::read(out_.number(), &octet, 1) == 1 ? octet : 0;
    }

private:
    static constexpr std::array<int, 5> numbers{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    OwnedFd out_, in_;
    std::array<struct sigaction, 5> before_{};
};

/// The terminal without echo, for as long as it lives.
class Unseen {
public:
    explicit Unseen(int terminal) : terminal_(terminal) {
        if (::tcgetattr(terminal_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= static_cast<tcflag_t>(ICANON | ISIG | ECHONL);
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

/// Up to a line feed or the end; nothing at the end of an empty line.
std::optional<Secret> take_line(int descriptor) {
    Secret line;
    char c = 0;
    bool any = false;
    for (;;) {
        const ssize_t count = ::read(descriptor, &c, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count != 1 || c == '\n') break;
        any = true;
        line.append(c);
    }
    if (!any && c != '\n') return std::nullopt;
    c = 0;
    if (line.text().ends_with('\r')) line.erase_last();
    return line;
}

struct Typed {
    std::optional<Secret> line;
    int signal = 0;  ///< that came instead
    int refusal = 0;
};

/// One question and its answer; signals are back where they were when this returns.
Typed ask_once(int terminal, std::string_view prompt) {
    const CaughtSignals signals;
    const Unseen unseen(terminal);
    if (!unseen.holds()) return {.line = {}, .signal = 0, .refusal = errno};
    [[maybe_unused]] const auto written = ::write(terminal, prompt.data(), prompt.size());
    std::array<pollfd, 2> ready{pollfd{terminal, POLLIN, 0}, pollfd{signals.descriptor(), POLLIN, 0}};
    while (::poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR) {
    }
    if (const int signal = signals.take(); signal != 0) {
        [[maybe_unused]] const auto ended = ::write(terminal, "\n", 1);
        return {.line = {}, .signal = signal, .refusal = 0};
    }
    // A terminal in canonical mode is ready when a whole line is.
    return {.line = take_line(terminal), .signal = 0, .refusal = 0};
}

}  // namespace

Secret::Secret() { text_.reserve(longest); }
Secret::~Secret() { wipe(); }
Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    text_.swap(other.text_);
    return *this;
}

void Secret::append(char c) {
    if (text_.size() < longest) text_ += c;
}

void Secret::erase_last() noexcept {
    text_.back() = '\0';
    text_.pop_back();
}

void Secret::wipe() noexcept {
    ::explicit_bzero(text_.data(), text_.size());
    text_.clear();
}

Result<Secret> ask_secret(std::string_view prompt) {
    const OwnedFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal.is_open()) return system_fault("open", errno);
    for (;;) {
        Typed typed = ask_once(terminal.number(), prompt);
        if (typed.refusal != 0) return system_fault("tcsetattr", typed.refusal);
        if (typed.signal == 0) {
            if (!typed.line) return system_fault("read", ENODATA);
            return std::move(*typed.line);
        }
        // Now as if it had come without us: it ends the program, or stops it, and after that we ask again.
        ::raise(typed.signal);
    }
}

Result<Secret> read_secret(int descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0) return system_fault("read", errno);
    auto line = take_line(descriptor);
    if (!line) return system_fault("read", ENODATA);
    return std::move(*line);
}

}  // namespace scca::token
