// SPDX-License-Identifier: Apache-2.0
//
// Who is connected to a Unix socket: the kernel's own list of sockets (sock_diag(7)) says which belong together, and
// /proc says whose they are, for the processes that this user may look at. Connects to nothing.
#pragma once

#include "scca/token/snapshot.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace scca::token {

struct UnixPeers {
    std::vector<ProcessSeen> processes;  ///< each once, without this one; at most 64
    std::size_t hidden = 0;              ///< connections whose process was not to be found
};

[[nodiscard]] UnixPeers find_unix_peers(const std::string& path);

}  // namespace scca::token
