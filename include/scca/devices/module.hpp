// SPDX-License-Identifier: Apache-2.0
//
// Names of driver modules on Linux and the places where their packages put them; also of libraries that look like one
// from outside and lead to no key. A name proves nothing: what a file exports is read from the file.
#pragma once

#include "scca/devices/vendor.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace scca::devices {

enum class ModuleRole : std::uint8_t {
    key_driver,   ///< for the keys of its vendor
    card_driver,  ///< for any card in a PC/SC reader that it knows, whoever made it
    software,     ///< keeps keys in files or in a chip of the computer
    no_key,       ///< exports C_GetFunctionList and leads to no key of its own: trust lists, proxies, spies
};

struct ModuleName {
    std::string_view stem;  ///< the file name up to ".so"
    Vendor vendor = Vendor::unknown;
    ModuleRole role = ModuleRole::key_driver;
};

/// By the name of the file without its folder; what follows ".so" does not matter.
[[nodiscard]] const ModuleName* find_module_name(std::string_view file_name) noexcept;

/// Absolute paths at which packages are known to put a module; a '*' stands for one folder name or a part of it.
[[nodiscard]] std::span<const std::string_view> known_module_paths() noexcept;

}  // namespace scca::devices
