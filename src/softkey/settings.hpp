// SPDX-License-Identifier: Apache-2.0
//
// The small "key = value" files of a software key, and whole files as bytes. A line that is blank or begins with '#' is
// skipped, a line without '=' is ignored: a person may have edited it. There is no quoting and no nesting.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::softkey {

using Bytes = std::vector<std::uint8_t>;
using Settings = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] Settings parse_settings(std::string_view text);

/// The value of `name`, or `otherwise` when it is absent.
[[nodiscard]] std::string text_of(const Settings& settings, std::string_view name, std::string_view otherwise);

/// A decimal or 0x value of 32 bits, or `otherwise` when it is absent or no such number.
[[nodiscard]] std::uint32_t number_of(const Settings& settings, std::string_view name, std::uint32_t otherwise);

/// The whole file; nothing when it cannot be read or is longer than 1 MiB.
[[nodiscard]] std::optional<Bytes> read_file(const std::filesystem::path& path);

/// As read_file, parsed; an unreadable file has no settings.
[[nodiscard]] std::optional<Settings> read_settings(const std::filesystem::path& path);

/// Replaces the file in one step, so that a reader never sees half of it; false when that failed.
[[nodiscard]] bool replace_file(const std::filesystem::path& path, std::string_view content);

}  // namespace scca::softkey
