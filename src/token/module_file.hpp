// SPDX-License-Identifier: Apache-2.0
//
// A module as a file: whether it can be one for this machine at all, found out without running any of it.
#pragma once

#include "scca/token/snapshot.hpp"

#include <filesystem>

namespace scca::token {

/// Fills `exports_skf`, `exports_pkcs11` and `file_faults` of the module at `seen.path`. It must be made for the same
/// machine as the program at `module_host`, which is to load it. Stops at the first fault.
void look_at_module_file(ModuleSeen& seen, const std::filesystem::path& module_host);

}  // namespace scca::token
