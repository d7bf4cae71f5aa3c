// SPDX-License-Identifier: Apache-2.0
//
// The SKF door (GM/T 0016): walks over the devices, applications, containers and files of one module by read-only
// calls and tells what it finds. Verifies no PIN, writes nothing, and never asks for a size with a NULL buffer.
#pragma once

#include "breadcrumbs.hpp"

#include <cstddef>
#include <string>

namespace scca::host {

/// Loads the module at `path` and tells all there is to see, up to and without `done`. `cell_octets` is the width of
/// the cells for ULONG*: 8, see facts on the four ABIs; a test shows that 4 is noticed.
void look_through_skf(Breadcrumbs& out, const std::string& path, std::size_t cell_octets);

}  // namespace scca::host
