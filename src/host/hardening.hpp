// SPDX-License-Identifier: Apache-2.0
//
// What the child does to itself before it lets a vendor's code in: it dies with its parent, dumps no core, eats no
// more than its share of memory and takes the inherited signal dispositions back. It is no sandbox: the module runs
// with the rights of the user, as it does in every other program of his.
#pragma once

namespace scca::host {

/// False when nobody reads `descriptor`: the parent is gone, or this was started by hand.
[[nodiscard]] bool harden(int descriptor);

}  // namespace scca::host
