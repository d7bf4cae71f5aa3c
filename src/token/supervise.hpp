// SPDX-License-Identifier: Apache-2.0
//
// Listens to several module hosts at once in one thread, each under its own deadline, and ends them all. What the
// children run is out of reach from here: this side only reads, waits, kills and notes how it ended.
#pragma once

#include "module_host.hpp"
#include "scca/core/deadline.hpp"
#include "scca/token/snapshot.hpp"

#include <vector>

namespace scca::token {

/// A host that was started, and where to note what it says; `seen` outlives the supervising.
struct Watched {
    ModuleSeen& seen;
    ModuleHost host;
    Deadline::Clock::time_point started;
    Deadline deadline;
};

/// Returns when every host said `done`, ended, said what cannot be, or passed its deadline, and none is left.
void supervise(std::vector<Watched> watched);

}  // namespace scca::token
