// SPDX-License-Identifier: Apache-2.0
//
// Programs of CAs and tendering platforms that are known not to bear each other on one computer. Recognised by the name
// under which they put themselves into the menu. Only pairs that one of the two makers warns about are here.
#pragma once

#include <cstdint>
#include <string_view>

namespace scca::devices {

enum class Middleware : std::uint8_t { unknown, epoint_driver, guoxin_helper };

/// By the name in the menu (the Name of its .desktop file), in any language the maker uses.
[[nodiscard]] Middleware find_middleware(std::string_view menu_name) noexcept;

[[nodiscard]] bool known_to_conflict(Middleware one, Middleware other) noexcept;

/// As its maker calls it; empty for the unknown.
[[nodiscard]] std::string_view name_of(Middleware middleware) noexcept;

}  // namespace scca::devices
