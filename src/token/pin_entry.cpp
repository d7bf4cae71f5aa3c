// SPDX-License-Identifier: Apache-2.0
//
// From the terminal or a descriptor into a pipe. The one buffer that a PIN stands in meanwhile is PinReader's.
#include "scca/token/sign.hpp"

#include "owned_fd.hpp"
#include "scca/token/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>

namespace scca::token {
namespace {

constexpr const char* terminal_path = "/dev/tty";

Fault refused(const char* call, int number) { return {FaultKind::system, call, {}, number, std::strerror(number)}; }

/// One line, on its way; wiped with the object.
class PinReader {
public:
    PinReader() = default;
    PinReader(const PinReader&) = delete;
    PinReader& operator=(const PinReader&) = delete;
    ~PinReader() { explicit_bzero(line_.data(), line_.size()); }

    /// An octet at a time, for what follows the line is not ours. False when the system refuses.
    [[nodiscard]] bool read_line(int descriptor) {
        while (size_ < line_.size()) {
            const ssize_t count = read(descriptor, line_.data() + size_, 1);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return false;
            if (count == 0 || line_[size_] == '\n') break;
            ++size_;
        }
        // A file that was made on Windows; no keyboard has this in a PIN.
        if (size_ > 0 && line_[size_ - 1] == '\r') --size_;
        return true;
    }

    [[nodiscard]] Result<PinPipe> pour() {
        if (size_ > wire::max_pin) return Fault{FaultKind::garbled, "read", {}, 0, {}};
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return refused("pipe2", errno);
        const OwnedFd entrance(ends[1]);
        OwnedFd exit(ends[0]);
        // Not one of the numbers that the child is to find filled.
        const int high = fcntl(exit.number(), F_DUPFD_CLOEXEC, wire::descriptor + 1);
        if (high < 0) return refused("fcntl", errno);
        // Far less than any pipe holds: this does not wait for a reader.
        if (write(entrance.number(), line_.data(), size_) != static_cast<ssize_t>(size_)) {
            ::close(high);
            return refused("write", errno);
        }
        return PinPipe(high, size_);
    }

private:
    std::array<char, wire::max_pin + 2> line_{};
    std::size_t size_ = 0;
};

/// Signals that would end or stop this program wait while this lives, and can be seen coming.
class HeldSignals {
public:
    HeldSignals() {
        sigemptyset(&held_);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) sigaddset(&held_, number);
        sigprocmask(SIG_BLOCK, &held_, &before_);
        coming_ = OwnedFd(signalfd(-1, &held_, SFD_CLOEXEC | SFD_NONBLOCK));
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

    [[nodiscard]] int coming() const noexcept { return coming_.number(); }
    /// Lets those that wait do what they do; comes back when that was no end.
    void let_go() const {
        sigprocmask(SIG_SETMASK, &before_, nullptr);
        sigprocmask(SIG_BLOCK, &held_, nullptr);
    }

private:
    sigset_t held_{}, before_{};
    OwnedFd coming_;
};

/// A terminal that does not show what is typed, until this is gone.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal) : terminal_(terminal) {
        is_silent_ = tcgetattr(terminal_, &before_) == 0;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
        silent.c_lflag |= ICANON | ISIG;
        silent.c_iflag |= ICRNL;
        is_silent_ = is_silent_ && tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal() {
        if (is_silent_) tcsetattr(terminal_, TCSAFLUSH, &before_);
        show("\n");
    }

    [[nodiscard]] bool is_silent() const noexcept { return is_silent_; }
    void show(std::string_view text) const {
        [[maybe_unused]] const auto written = write(terminal_, text.data(), text.size());
    }

private:
    int terminal_;
    termios before_{};
    bool is_silent_ = false;
};

/// Nothing when a signal came instead of a line.
std::optional<Result<PinPipe>> ask_once(int terminal, const HeldSignals& signals, const std::string& prompt) {
    const SilentTerminal silent(terminal);
    if (!silent.is_silent()) return refused("tcsetattr", errno);
    silent.show(prompt);
    std::array<pollfd, 2> ears{{{terminal, POLLIN, 0}, {signals.coming(), POLLIN, 0}}};
    while (poll(ears.data(), ears.size(), -1) < 0 && errno == EINTR) {
    }
    if (ears[1].revents != 0) return std::nullopt;
    PinReader reader;
    if (!reader.read_line(terminal)) return refused("read", errno);
    return reader.pour();
}

}  // namespace

PinPipe::~PinPipe() {
    if (end_ >= 0) ::close(end_);
}

bool has_terminal() { return OwnedFd(open(terminal_path, O_RDWR | O_CLOEXEC | O_NOCTTY)).is_open(); }

bool can_read_from(int descriptor) {
    const int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

Result<PinPipe> ask_for_pin(const std::string& prompt) {
    const OwnedFd terminal(open(terminal_path, O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal.is_open()) return refused("open", errno);
    const HeldSignals signals;
    for (;;) {
        if (auto answer = ask_once(terminal.number(), signals, prompt)) return std::move(*answer);
        signals.let_go();
    }
}

Result<PinPipe> take_pin(int descriptor) {
    PinReader reader;
    if (!reader.read_line(descriptor)) return refused("read", errno);
    return reader.pour();
}

}  // namespace scca::token
