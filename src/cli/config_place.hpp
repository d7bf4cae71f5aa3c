// SPDX-License-Identifier: Apache-2.0
//
// Where a file of --config says something. Only finds the line: CLI11 reads the file, and does not tell.
#pragma once

#include <cstddef>
#include <string_view>

namespace scca::cli {

/// The line, from 1, that sets `name` ("check.warn-days": in that section; "--warn-days": in any) or that opens the
/// section of that name; 0 when there is none.
[[nodiscard]] std::size_t find_config_line(std::string_view file, std::string_view name) noexcept;

}  // namespace scca::cli
