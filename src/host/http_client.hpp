// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL's HTTP client. Plain http alone, no redirect is followed, and what is read is one DER value whose own length
// says where it ends, or PEM where nothing was posted. Keeps nothing: what comes is handed on as it comes. May wait for
// ever: who started this process ends it.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstddef>
#include <string>

namespace scca::host {

struct HttpOrder {
    std::string host, port, path;
    Bytes request;  ///< an OCSPRequest to post; empty: read what is there
    std::size_t most = 0;
};

/// Asks, and says on `descriptor` what comes of it, as wire.hpp has it. The proxy is the environment's.
void fetch(const HttpOrder& order, int descriptor);

}  // namespace scca::host
