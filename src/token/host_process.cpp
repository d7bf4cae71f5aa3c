// SPDX-License-Identifier: Apache-2.0
#include "host_process.hpp"

#include "children.hpp"

#include "scca/token/wire.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

namespace scca::token {
namespace {

Fault refused_by_system(const char* call, int number) {
    return {FaultKind::system, call, {}, number, std::strerror(number)};
}

struct Pipe {
    OwnedFd read;
    OwnedFd write;
};

/// Both ends close on exec, the read end never blocks, and neither has a number that the child is to find filled.
Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return refused_by_system("pipe2", errno);
    Pipe made{OwnedFd(ends[0]), OwnedFd(ends[1])};
    for (OwnedFd* end : {&made.read, &made.write}) {
        if (end->number() > wire::descriptor) continue;
        OwnedFd higher(fcntl(end->number(), F_DUPFD_CLOEXEC, wire::descriptor + 1));
        if (!higher.is_open()) return refused_by_system("fcntl", errno);
        *end = std::move(higher);
    }
    if (fcntl(made.read.number(), F_SETFL, O_NONBLOCK) != 0) return refused_by_system("fcntl", errno);
    return made;
}

/// What posix_spawn is told, freed with its owner.
class SpawnPlan {
public:
    SpawnPlan(int input, int wire_end, int printed_end) {
        posix_spawn_file_actions_init(&actions_);
        if (input < 0) {
            posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        } else {
            posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        }
        posix_spawn_file_actions_adddup2(&actions_, printed_end, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, printed_end, STDERR_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, wire_end, wire::descriptor);
        // Descriptors that this program inherited and knows nothing of are no business of a vendor's module.
        posix_spawn_file_actions_addclosefrom_np(&actions_, wire::descriptor + 1);

        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setsigmask(&attributes_, &none);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    /// The child's number, or errno negated.
    [[nodiscard]] pid_t spawn(std::string program, std::vector<std::string> words) const {
        std::vector<char*> arguments{program.data()};
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_t child = 0;
        const int refused = posix_spawn(&child, program.c_str(), &actions_, &attributes_, arguments.data(), environ);
        return refused == 0 ? child : -refused;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<HostProcess> HostProcess::start(const std::filesystem::path& program, std::vector<std::string> words,
                                       const OwnedFd& input) {
    auto wire = make_pipe();
    if (!wire) return wire.error();
    auto printed = make_pipe();
    if (!printed) return printed.error();
    const SpawnPlan plan(input.number(), wire->write.number(), printed->write.number());
    const pid_t child = plan.spawn(program.string(), std::move(words));
    if (child <= 0) return refused_by_system("posix_spawn", -child);
    note_child(child);
    return HostProcess(child, std::move(wire->read), std::move(printed->read));
}

HostProcess::HostProcess(HostProcess&& other) noexcept
    : child_(std::exchange(other.child_, 0)), wire_(std::move(other.wire_)), printed_(std::move(other.printed_)) {}

HostProcess::~HostProcess() {
    constexpr int patience = 200;
    kill();
    for (int i = 0; i < patience && child_ > 0 && !reap(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void HostProcess::abandon() noexcept {
    forget_child(child_);
    child_ = 0;
}

bool HostProcess::ended() const {
    if (child_ <= 0) return true;
    siginfo_t facts{};
    const int answer = waitid(P_PID, static_cast<id_t>(child_), &facts, WEXITED | WNOHANG | WNOWAIT);
    return answer != 0 || facts.si_pid == child_;
}

void HostProcess::kill() const {
    if (child_ <= 0) return;
    ::kill(-child_, SIGKILL);
    // A module may have moved the child into another group.
    ::kill(child_, SIGKILL);
}

std::optional<HostProcess::Ending> HostProcess::reap() {
    if (child_ <= 0) return Ending{};
    if (!ended()) return std::nullopt;
    forget_child(child_);
    int status = 0;
    const pid_t answer = waitpid(std::exchange(child_, 0), &status, WNOHANG);
    // Somebody else reaped it (SIGCHLD ignored): it ended, and nobody knows how.
    if (answer <= 0) return Ending{};
    if (WIFSIGNALED(status)) return Ending{true, WTERMSIG(status)};
    return Ending{false, WEXITSTATUS(status)};
}

}  // namespace scca::token
