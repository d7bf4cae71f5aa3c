// SPDX-License-Identifier: Apache-2.0
//
// The SKF door (GM/T 0016): walks over the devices, applications, containers and files of one module by read-only
// calls and tells what it finds, or, when that was ordered, has a key sign once. A look verifies no PIN; nothing is
// ever written, and no size is asked for with a NULL buffer.
#pragma once

#include "breadcrumbs.hpp"
#include "pin.hpp"
#include "sign_order.hpp"

#include <cstddef>
#include <string>

namespace scca::host {

/// Loads the module at `path` and tells all there is to see, up to and without `done`. `cell_octets` is the width of
/// the cells for ULONG*: 8, see facts on the four ABIs; a test shows that 4 is noticed.
void look_through_skf(Breadcrumbs& out, const std::string& path, std::size_t cell_octets);

/// Loads the module at `path`, verifies the PIN once on the ordered token, has it sign, logs out, and tells what came
/// of it. No PIN is verified when few tries are left, or when the token does not tell how many.
void sign_through_skf(Breadcrumbs& out, const std::string& path, const SignOrder& order, Pin& pin,
                      std::size_t cell_octets);

}  // namespace scca::host
