// SPDX-License-Identifier: Apache-2.0
//
// The executables that come with scca-doctor and are not for people: found beside the program that runs, else in the
// libexec folder that it was installed with, wherever that was moved. Never searched in PATH.
#pragma once

#include "scca/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace scca::token {

/// Of a program that stands at `program`; nothing when it is in neither place.
[[nodiscard]] std::optional<std::filesystem::path> find_companion_of(const std::filesystem::path& program,
                                                                     std::string_view name);
/// Of this program.
[[nodiscard]] Result<std::filesystem::path> find_companion(std::string_view name);

/// Goes on as that program: the same process, descriptors and words, the first of them the name. Comes back only when
/// the system refuses, with why.
[[nodiscard]] Fault become(const std::filesystem::path& program, char* const* words);

}  // namespace scca::token
