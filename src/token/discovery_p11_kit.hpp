// SPDX-License-Identifier: Apache-2.0
//
// p11-kit's configuration of modules (pkcs11.conf(5)): the packages' files and the administrator's, which overrule them
// key by key. The files of a single user are left out: what they name may belong to anybody.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace scca::token {

struct ConfiguredModule {
    std::filesystem::path path;  ///< below the root; empty when the module cannot be found
    bool is_for_us = true;       ///< false: trust-policy, or meant for other programs
};

[[nodiscard]] std::vector<ConfiguredModule> read_p11_kit_modules(const std::filesystem::path& root);

}  // namespace scca::token
