// SPDX-License-Identifier: Apache-2.0
//
// Standard output, and what becomes of it when somebody ends the program: a document that was begun is ended, and never
// in the middle of a row. A signal that the caller has ignored (nohup) stays so.
#include "scca/token/surroundings.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

namespace scca::token {
namespace {

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGALRM};
constexpr int interrupted = 130;

enum class Output : int { idle, busy, over };

/// A signal handler can reach nothing but static storage.
struct Ending {
    std::string words, notice;
    std::atomic<Output> output = Output::idle;
    std::atomic<bool> wanted = false;  ///< a signal came while rows were being written
};

Ending& ending() {
    static Ending one;
    return one;
}

/// Puts what it can behind the last row. An alarm has been set, should nobody read that.
[[noreturn]] void end_document() {
    const Ending& end = ending();
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, end.words.data(), end.words.size());
    [[maybe_unused]] const auto told = ::write(STDERR_FILENO, end.notice.data(), end.notice.size());
    ::_exit(interrupted);
}

extern "C" void end_soon(int /*number*/) {
    constexpr unsigned patience = 1;  // seconds for whoever reads what is being written
    const int before = errno;
    Ending& end = ending();
    if (end.wanted.exchange(true)) ::_exit(interrupted);  // twice: at once
    ::alarm(patience);
    Output expected = Output::idle;
    if (end.output.compare_exchange_strong(expected, Output::over)) end_document();
    errno = before;
}

/// The rows that the document was to end behind are still not read, or nobody saw that it should end; or it was the
/// caller who has set an alarm.
extern "C" void end_late(int /*number*/) {
    Output expected = Output::idle;
    if (ending().output.compare_exchange_strong(expected, Output::over)) end_document();
    ::_exit(interrupted);
}

/// Rows are being written while it lives, and no document is ended.
class Writing {
public:
    Writing() {
        Output expected = Output::idle;
        while (!ending().output.compare_exchange_weak(expected, Output::busy)) {
            expected = Output::idle;
            std::this_thread::yield();  // another is ending the document, and the program with it
        }
    }
    ~Writing() {
        Ending& end = ending();
        if (end.wanted) end_document();
        end.output = Output::idle;
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
};

void handle(int number, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    for (const int other : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&action.sa_mask, other);
    ::sigaction(number, &action, nullptr);
}

bool is_ignored(int number) {
    struct sigaction action {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

std::optional<Fault> write_output(std::string_view text, std::string_view then) {
    const Writing writing;
    ending().words = then;
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) return std::nullopt;
        if (written < 0) return Fault{FaultKind::system, "write", {}, errno, std::strerror(errno)};
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return std::nullopt;
}

void set_interrupt_notice(std::string notice) { ending().notice = std::move(notice); }

void install_interrupt(std::string words) {
    ending().words = std::move(words);
    for (const int number : ending_signals) {
        if (!is_ignored(number)) handle(number, number == SIGALRM ? end_late : end_soon);
    }
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of write(2), no death
}

}  // namespace scca::token
