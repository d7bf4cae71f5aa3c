// SPDX-License-Identifier: Apache-2.0
//
// Looking at keys through vendor modules and the smart card service, each in a child process of its own, side by side,
// each under its own deadline. Looks and never judges; never sends a PIN and never writes to a token.
#pragma once

#include "scca/core/result.hpp"
#include "scca/token/pcsc.hpp"
#include "scca/token/snapshot.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

/// Where the second executable stands: beside this program, else in the libexec folder it was installed with.
[[nodiscard]] Result<std::filesystem::path> find_module_host();

/// The loader searches its own folders for a name without a slash; a path that was given means this file.
[[nodiscard]] std::string as_file(const std::string& path);

/// Told now and then while a module or the service does not answer: its path, and how long it may still take.
using Waiting = std::function<void(const std::string& path, std::chrono::milliseconds left)>;

struct LookOptions {
    std::filesystem::path module_host;
    std::vector<std::string> modules;               ///< paths to load; nothing is searched here
    std::chrono::milliseconds timeout{10'000};      ///< for each module, and for the service
    std::optional<PcscPlaces> pcsc = std::nullopt;  ///< nothing: the smart card service is not asked
    std::chrono::milliseconds spent{0};             ///< of the timeout, before the look began
    Waiting waiting = nullptr;                      ///< nothing: nobody is told
};

/// Looks at every module at once and returns when the slowest has answered or its deadline has passed (+ 0.3 s at
/// most). Reading the modules' files is in that time. A module that is missing, is no module, crashes, hangs or ends
/// the child is a Fault in its ModuleSeen; so is a PC/SC library.
[[nodiscard]] Snapshot look(const LookOptions& options);

}  // namespace scca::token
