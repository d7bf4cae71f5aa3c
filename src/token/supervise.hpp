// SPDX-License-Identifier: Apache-2.0
//
// Listens to several module hosts at once in one thread, each under its own deadline, and ends them all. What the
// children run is out of reach from here: this side only reads, waits, kills and notes how it ended.
#pragma once

#include "host_process.hpp"
#include "scca/core/deadline.hpp"
#include "scca/token/snapshot.hpp"
#include "scca/token/source.hpp"

#include <string>
#include <vector>

namespace scca::token {

/// A host that was started, and where to note what it says; `seen` outlives the supervising.
struct Watched {
    ModuleSeen& seen;
    HostProcess host;
    Deadline::Clock::time_point started;
    Deadline deadline;
    std::string path;           ///< what the host asks
    bool holds_secret = false;  ///< what the module prints may be a PIN: it is wiped, and none of it is noted
};

/// Returns when every host said `done`, ended, said what cannot be, or passed its deadline, and none is left. `waiting`
/// is told of one that has not answered for a second.
void supervise(std::vector<Watched> watched, const Waiting& waiting = nullptr);

}  // namespace scca::token
