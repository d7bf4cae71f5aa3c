// SPDX-License-Identifier: Apache-2.0
#include "scca/devices/middleware.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace scca::devices {
namespace {

struct MenuWord {
    std::string_view word;
    Middleware middleware;
};

constexpr std::array menu_words{
    MenuWord{"国信CA", Middleware::guoxin_helper},
    MenuWord{"国泰新点", Middleware::epoint_driver},
    MenuWord{"新点驱动", Middleware::epoint_driver},
    MenuWord{"互联互通驱动", Middleware::epoint_driver},
};

constexpr std::array<std::string_view, 3> names{"", "新点驱动 (Epoint)", "国信CA助手"};

}  // namespace

Middleware find_middleware(std::string_view menu_name) noexcept {
    const auto found = std::find_if(menu_words.begin(), menu_words.end(), [&](const MenuWord& row) {
        return menu_name.find(row.word) != std::string_view::npos;
    });
    return found == menu_words.end() ? Middleware::unknown : found->middleware;
}

bool known_to_conflict(Middleware one, Middleware other) noexcept {
    // The helper's manual: the computer must not have the other's driver installed.
    return (one == Middleware::epoint_driver && other == Middleware::guoxin_helper) ||
           (one == Middleware::guoxin_helper && other == Middleware::epoint_driver);
}

std::string_view name_of(Middleware middleware) noexcept { return names[static_cast<std::size_t>(middleware)]; }

}  // namespace scca::devices
