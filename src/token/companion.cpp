// SPDX-License-Identifier: Apache-2.0
#include "scca/token/companion.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace scca::token {

std::optional<std::filesystem::path> find_companion_of(const std::filesystem::path& program, std::string_view name) {
    // bin/ and libexec/scca-doctor/ have the same parent.
    const std::filesystem::path folder = program.parent_path();
    const std::array places{folder / name, folder.parent_path() / "libexec" / "scca-doctor" / name};
    for (const auto& place : places) {
        std::error_code error;
        if (std::filesystem::is_regular_file(place, error)) return place;
    }
    return std::nullopt;
}

Result<std::filesystem::path> find_companion(std::string_view name) {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return Fault{FaultKind::system, "readlink", {}, error.value(), error.message()};
    if (auto found = find_companion_of(program, name)) return std::move(*found);
    return Fault{FaultKind::system, std::string(name), {}, ENOENT, std::strerror(ENOENT)};
}

Fault become(const std::filesystem::path& program, char* const* words) {
    execv(program.c_str(), words);
    return {FaultKind::system, "execv", {}, errno, std::strerror(errno)};
}

}  // namespace scca::token
