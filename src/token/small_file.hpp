// SPDX-License-Identifier: Apache-2.0
//
// Short files of the system (sysfs attributes, rules, configurations) and the names in a folder, both within bounds.
// What cannot be read is empty: an attribute that is missing is no fault.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace scca::token {

/// At most `most` octets of a plain file; never waits, as a pipe would make it.
[[nodiscard]] std::string read_start(const std::filesystem::path& path, std::size_t most);

/// Names in the folder, sorted; at most `most` of them, chosen by the file system when there are more.
[[nodiscard]] std::vector<std::string> list_folder(const std::filesystem::path& folder, std::size_t most);

/// Without the blanks, line feeds and NULs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace scca::token
