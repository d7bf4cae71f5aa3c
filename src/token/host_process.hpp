// SPDX-License-Identifier: Apache-2.0
//
// One running scca-module-host, or scca-fetch: the child process and the two pipes on which it is heard. The child
// leads a process group of its own, so that whatever a module starts can be ended with it. The owner says when it has
// waited enough; nothing here waits, but the destructor, which kills and gives the kernel a moment.
#pragma once

#include "owned_fd.hpp"
#include "scca/core/result.hpp"

#include <sys/types.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

class HostProcess {
public:
    /// How a child ended: FaultKind::crashed with its signal, or FaultKind::exited with its status.
    struct Ending {
        bool by_signal = false;
        int number = 0;
    };

    /// Starts `program words…`, which finds nothing on its standard input but what is in `input`. The fault is the
    /// system's refusal. The child dies with the thread that calls this.
    [[nodiscard]] static Result<HostProcess> start(const std::filesystem::path& program, std::vector<std::string> words,
                                                   const OwnedFd& input = {});

    HostProcess(HostProcess&& other) noexcept;
    HostProcess& operator=(HostProcess&&) = delete;
    ~HostProcess();

    /// Read ends that never block: the lines of wire.hpp, and what the module prints. Closed by whoever sees the end.
    [[nodiscard]] OwnedFd& wire() noexcept { return wire_; }
    [[nodiscard]] OwnedFd& printed() noexcept { return printed_; }

    /// The child is no more, and waits to be reaped: its number cannot belong to anybody else yet.
    [[nodiscard]] bool ended() const;
    /// Kills the child and its group.
    void kill() const;
    /// Takes the ended child off the process table; nothing while it still runs.
    [[nodiscard]] std::optional<Ending> reap();
    /// Gives up a child that even SIGKILL does not end, for it waits in the kernel for hardware; init will reap it.
    void abandon() noexcept;

private:
    HostProcess(pid_t child, OwnedFd wire, OwnedFd printed)
        : child_(child), wire_(std::move(wire)), printed_(std::move(printed)) {}

    pid_t child_;  ///< 0 when there is none, or no longer
    OwnedFd wire_;
    OwnedFd printed_;
};

}  // namespace scca::token
