// SPDX-License-Identifier: Apache-2.0
//
// Looks for driver modules: files that export SKF_EnumDev or C_GetFunctionList, at the places that packages are known
// to use, in p11-kit's configuration and in the folders for libraries. Reads files and runs none of them. Says which
// may be loaded without being named: the file and every folder above it belongs to root, and nobody else may write to
// it.
#pragma once

#include "scca/token/snapshot.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace scca::token {

struct SearchPlaces {
    std::filesystem::path root = "/";                  ///< all paths are below it; nothing above it is asked about
    std::filesystem::path program = "/proc/self/exe";  ///< modules must be made for the machine that this is made for
    std::chrono::milliseconds time{1'000};             ///< the search stops then, with what it has found
};

/// Known places first, then p11-kit's modules, then what the search finds; each file once, at most 256.
[[nodiscard]] std::vector<ModuleFound> find_modules(const SearchPlaces& places);

/// The paths to hand to LookOptions::modules, at most 32. One made for another machine is among them when it is all
/// there is for a key, so that its fault is told.
[[nodiscard]] std::vector<std::string> modules_to_load(const std::vector<ModuleFound>& found);

}  // namespace scca::token
