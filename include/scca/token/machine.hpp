// SPDX-License-Identifier: Apache-2.0
//
// The computer itself: when this program was built (no right clock is behind that), whether the CA's helper listens on
// loopback, and which CA programs are in the menu. Connects to 127.0.0.1 and to nothing else, says nothing there.
#pragma once

#include "scca/token/snapshot.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace scca::token {

/// Where the certificate helper of Sichuan CA (TopCertKit) listens.
inline constexpr std::uint16_t helper_port = 7256;

struct MachinePlaces {
    std::filesystem::path root = "/";         ///< below it: usr/share/applications and opt/apps
    std::uint16_t port = helper_port;         ///< of 127.0.0.1; 0: do not ask
    std::chrono::milliseconds patience{200};  ///< for the helper to accept
};

[[nodiscard]] MachineSeen look_at_machine(const MachinePlaces& places);

}  // namespace scca::token
