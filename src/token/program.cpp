// SPDX-License-Identifier: Apache-2.0
#include "scca/token/program.hpp"

#include "owned_fd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace scca::token {
namespace {

constexpr std::size_t most_complaints = 4096;

Fault system_fault(std::string call, int number) {
    return {FaultKind::system, std::move(call), {}, number, std::strerror(number)};
}

/// A file in memory with this content, to be read from its start.
Result<OwnedFd> file_with(std::string_view content) {
    OwnedFd file(memfd_create("input", MFD_CLOEXEC));
    if (!file.is_open()) return system_fault("memfd_create", errno);
    while (!content.empty()) {
        const ssize_t count = write(file.number(), content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return system_fault("write", errno);
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (lseek(file.number(), 0, SEEK_SET) != 0) return system_fault("lseek", errno);
    return file;
}

struct Ear {
    OwnedFd from;
    std::string heard;
    std::size_t most = 0;
    bool too_much = false;

    /// Reads once; closes at the end, and keeps no more than may be kept.
    void hear() {
        std::array<char, 65536> block;
        const ssize_t count = read(from.number(), block.data(), block.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (count <= 0) return from.close();
        const auto got = static_cast<std::size_t>(count);
        too_much = too_much || heard.size() + got > most;
        heard.append(block.data(), std::min(got, most - heard.size()));
    }
};

Result<OwnedFd> open_ear(Ear& ear) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return system_fault("pipe2", errno);
    ear.from = OwnedFd(ends[0]);
    return OwnedFd(ends[1]);
}

/// A running program; gone, with what it started, when this goes.
class Child {
public:
    explicit Child(pid_t number) noexcept : number_(number) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { end(); }

    /// Its status as wait gives it, after killing whatever of its group still runs.
    int end() noexcept {
        if (number_ <= 0) return status_;
        ::kill(-number_, SIGKILL);
        while (waitpid(number_, &status_, 0) < 0 && errno == EINTR) {
        }
        number_ = 0;
        return status_;
    }

    /// Waits until it ended by itself; false at the deadline.
    [[nodiscard]] bool wait(const Deadline& deadline) const noexcept {
        for (;;) {
            siginfo_t facts{};
            const int answer = waitid(P_PID, static_cast<id_t>(number_), &facts, WEXITED | WNOHANG | WNOWAIT);
            if (answer != 0 || facts.si_pid == number_) return true;
            if (deadline.passed()) return false;
            poll(nullptr, 0, 2);
        }
    }

private:
    pid_t number_;
    int status_ = 0;
};

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& more) {
    std::vector<std::string> all = more;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        const std::string_view name = text.substr(0, text.find('=') + 1);
        const bool replaced =
            std::any_of(more.begin(), more.end(), [&](const auto& one) { return one.starts_with(name); });
        if (!replaced) all.emplace_back(text);
    }
    return all;
}

/// The child's number, or errno negated.
pid_t spawn(const ProgramWish& wish, int input, int output, int complaints) {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    sigset_t none;
    sigemptyset(&none);
    sigset_t defaults = none;
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    std::vector<std::string> words = wish.words;
    std::vector<std::string> environment = environment_with(wish.environment);
    pid_t child = 0;
    const int refused = posix_spawnp(&child, words.front().c_str(), &actions, &attributes, pointers_to(words).data(),
                                     pointers_to(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return refused == 0 ? child : -refused;
}

/// Until both pipes are closed, the deadline passed or too much was said.
void listen(Ear& output, Ear& complaints, const Deadline& deadline) {
    while ((output.from.is_open() || complaints.from.is_open()) && !deadline.passed() && !output.too_much) {
        std::array<pollfd, 2> ears{{{output.from.number(), POLLIN, 0}, {complaints.from.number(), POLLIN, 0}}};
        const auto patience = std::min<long long>(deadline.remaining().count(), 1000);
        if (poll(ears.data(), ears.size(), static_cast<int>(patience)) <= 0) continue;
        if (ears[0].revents != 0) output.hear();
        if (ears[1].revents != 0) complaints.hear();
    }
}

}  // namespace

Result<std::string> run_program(const ProgramWish& wish, const Deadline& deadline) {
    const std::string& name = wish.words.front();
    Ear output{.from = {}, .heard = {}, .most = wish.most_output};
    Ear complaints{.from = {}, .heard = {}, .most = most_complaints};
    auto input = file_with(wish.input);
    if (!input) return input.error();
    auto output_end = open_ear(output);
    if (!output_end) return output_end.error();
    auto complaints_end = open_ear(complaints);
    if (!complaints_end) return complaints_end.error();
    const pid_t number = spawn(wish, input->number(), output_end->number(), complaints_end->number());
    if (number <= 0) return system_fault(name, -number);
    Child child(number);
    output_end->close();
    complaints_end->close();
    listen(output, complaints, deadline);
    if (output.too_much) return Fault{FaultKind::garbled, name, {}, 0, {}};
    if (!child.wait(deadline)) return Fault{FaultKind::hung, name, {}, deadline.span().count(), {}};
    const int status = child.end();
    if (WIFSIGNALED(status)) return Fault{FaultKind::crashed, name, {}, WTERMSIG(status), complaints.heard};
    if (WEXITSTATUS(status) != 0) return Fault{FaultKind::exited, name, {}, WEXITSTATUS(status), complaints.heard};
    return std::move(output.heard);
}

}  // namespace scca::token
