// SPDX-License-Identifier: Apache-2.0
//
// A signature test: one PIN, sent once, to one token, which signs a challenge and is logged out of. The PIN comes from
// the terminal or from a descriptor and goes into a pipe that ends in the child; between the two it stands in one
// buffer, which is wiped. No string, no argument, no environment and no Snapshot has it.
#pragma once

#include "scca/core/result.hpp"
#include "scca/token/snapshot.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace scca::token {

/// A pipe with a PIN in it, to be read once.
class PinPipe {
public:
    /// Owns the read end, which is at its end after `octets`.
    PinPipe(int end, std::size_t octets) noexcept : end_(end), octets_(octets) {}
    PinPipe(PinPipe&& other) noexcept : end_(std::exchange(other.end_, -1)), octets_(other.octets_) {}
    PinPipe& operator=(PinPipe&&) = delete;
    ~PinPipe();

    /// How long the PIN is; 0 when nothing was entered.
    [[nodiscard]] std::size_t octets() const noexcept { return octets_; }
    /// The descriptor, which is the caller's from now on.
    [[nodiscard]] int release() noexcept { return std::exchange(end_, -1); }

private:
    int end_;
    std::size_t octets_;
};

/// Whether there is a terminal to ask at: /dev/tty, wherever the standard streams go.
[[nodiscard]] bool has_terminal();
/// Whether this descriptor is open for reading.
[[nodiscard]] bool can_read_from(int descriptor);

/// Asks at the terminal without showing what is typed. A signal that comes meanwhile first gets the terminal back as it
/// was. A PIN that is too long is a fault (garbled).
[[nodiscard]] Result<PinPipe> ask_for_pin(const std::string& prompt);
/// The first line of the descriptor, without its end.
[[nodiscard]] Result<PinPipe> take_pin(int descriptor);

/// A key that is to sign: its container, and what of, for each way in which a module may want it.
struct SignTask {
    Bytes container;  ///< ContainerSeen::reference
    KeyAlgorithm algorithm = KeyAlgorithm::unknown;
    Bytes input;  ///< of `challenge`: SM2: e of GM/T 0009; RSA: a DigestInfo; EC: the digest
};

struct SignOrder {
    std::filesystem::path module_host;
    Route route;
    Bytes application;  ///< ApplicationSeen::reference
    Bytes challenge;
    std::vector<SignTask> tasks;
    std::chrono::milliseconds timeout{10'000};
};

/// Random octets from the kernel.
[[nodiscard]] Bytes make_challenge();

/// Sends the PIN and waits no longer than `timeout` (+ 0.3 s). Signals that would end this program wait as well, so
/// that the key is logged out of.
[[nodiscard]] SignTestSeen sign_with(const SignOrder& order, PinPipe pin);

}  // namespace scca::token
