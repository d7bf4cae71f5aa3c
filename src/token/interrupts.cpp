// SPDX-License-Identifier: Apache-2.0
//
// Standard output, and what becomes of it when somebody ends the program: a document that was begun is ended, and never
// in the middle of a row. A signal that the caller has ignored (nohup) stays so.
#include "children.hpp"
#include "interrupts_wait.hpp"
#include "scca/token/orderly_end.hpp"
#include "scca/token/surroundings.hpp"

#include <semaphore.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

namespace scca::token {
namespace {

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGALRM};

enum class Output : int { idle, busy, over };

/// A signal handler can reach nothing but static storage.
struct Ending {
    std::string words, notice, notice_of_nothing;  ///< the last is empty once something was told
    int status = 0;
    std::atomic<Output> output = Output::idle;
    std::atomic<std::int64_t> wanted_at = 0;          ///< milliseconds of the monotonic clock; 0: nobody wants it
    std::atomic<bool> telling = false, told = false;  ///< whoever pressed the keys, as happens once
    std::atomic<bool> orderly = false;                ///< an OrderlyEnd lives, and is to be woken
    sem_t woken{};

    [[nodiscard]] bool wanted() const noexcept { return wanted_at != 0; }
};

Ending& ending() {
    static Ending one;
    return one;
}

std::int64_t now_in_milliseconds() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 + 1;
}

/// Gives whoever reads what is being written so long.
void set_patience() noexcept {
    constexpr unsigned seconds = 1;
    ::alarm(seconds);
}

/// On standard error. Whoever comes while another tells lets it end: what was begun is not cut off, and a reader who
/// does not read is not waited for.
void tell_once() noexcept {
    constexpr timespec step{0, 10'000'000};
    constexpr int most_steps = 20;
    Ending& end = ending();
    const InterruptsWait interrupts_wait;  // for this thread's own telling
    if (end.telling.exchange(true)) {
        for (int steps = 0; steps < most_steps && !end.told; ++steps) ::nanosleep(&step, nullptr);
        return;
    }
    set_patience();
    const std::string& notice = end.notice_of_nothing.empty() ? end.notice : end.notice_of_nothing;
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, notice.data(), notice.size());
    end.told = true;
}

/// Puts what it can behind the last row. An alarm has been set, should nobody read that.
[[noreturn]] void end_document() {
    const Ending& end = ending();
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, end.words.data(), end.words.size());
    end_interrupted(end.status);
}

extern "C" void end_soon(int /*number*/) {
    constexpr std::int64_t hurry = 200;  // milliseconds: timeout(1) sends the same signal twice at once, a person later
    const int before = errno;
    Ending& end = ending();
    std::int64_t first = 0;
    if (!end.wanted_at.compare_exchange_strong(first, now_in_milliseconds())) {
        if (now_in_milliseconds() - first > hurry) end_interrupted(end.status);
        errno = before;
        return;
    }
    set_patience();
    Output expected = Output::idle;
    if (end.orderly) {
        ::sem_post(&end.woken);
    } else if (end.output.compare_exchange_strong(expected, Output::over)) {
        end_document();
    }
    errno = before;
}

/// The rows that the document was to end behind are still not read, or nobody saw that it should end; or it was the
/// caller who has set an alarm.
extern "C" void end_late(int number) {
    Ending& end = ending();
    if (!end.wanted()) return end_soon(number);
    Output expected = Output::idle;
    if (!end.orderly && end.output.compare_exchange_strong(expected, Output::over)) end_document();
    end_interrupted(end.status);
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
        if (end.wanted()) {
            if (!end.orderly) end_document();
            ::alarm(0);  // nobody is kept waiting by a reader any more
        }
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

std::optional<Fault> write_output(std::string_view text) {
    constexpr std::size_t some = 4096;  // less than what a slow reader takes in a second
    const Writing writing;
    ending().words.clear();
    if (!text.empty()) ending().notice_of_nothing.clear();
    while (!text.empty()) {
        const bool hurry = ending().wanted();
        if (hurry) set_patience();  // as long as somebody reads on
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), hurry ? std::min(text.size(), some) : text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) return std::nullopt;
        if (written < 0) return Fault{FaultKind::system, "write", {}, errno, std::strerror(errno)};
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return std::nullopt;
}

void set_interrupt_notice(std::string notice, std::string with_nothing_told) {
    ending().notice = std::move(notice);
    ending().notice_of_nothing = std::move(with_nothing_told);
}

void install_interrupt(std::string words, int status) {
    ending().words = std::move(words);
    ending().status = status;
    for (const int number : ending_signals) {
        if (!is_ignored(number)) handle(number, number == SIGALRM ? end_late : end_soon);
    }
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of write(2), no death
}

bool is_interrupted() noexcept { return ending().wanted(); }

void end_interrupted(int status) noexcept {
    tell_once();
    ::alarm(0);  // from here on it takes as long as end_children has it
    end_children();
    ::_exit(status);
}

OrderlyEnd::OrderlyEnd(std::function<void()> end) {
    ::sem_init(&ending().woken, 0, 0);
    ending().orderly = true;
    try {
        thread_ = std::thread([end = std::move(end)] {
            while (::sem_wait(&ending().woken) != 0) {
            }
            if (!is_interrupted()) return;
            { const Writing patient; }  // with whoever is being read; after that telling may take its time
            end();
        });
    } catch (const std::system_error&) {
        return;  // whoever works sees the interrupt between two steps
    }
}

OrderlyEnd::~OrderlyEnd() {
    ending().orderly = false;
    ::sem_post(&ending().woken);
    if (thread_.joinable()) thread_.join();
}

}  // namespace scca::token
