// SPDX-License-Identifier: Apache-2.0
//
// Asking a CA over HTTP for a revocation list or an OCSP answer. Plain http alone (lists and answers are signed, RFC
// 5280 section 8), no redirect is followed, and both size and time are bounded. Nothing here is called unless the user
// wrote
// --online; the addresses are those that certificates name.
#pragma once

#include "scca/token/snapshot.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace scca::token {

inline constexpr std::size_t most_crl_octets = 32U * 1024U * 1024U;
inline constexpr std::size_t most_ocsp_octets = 64U * 1024U;

struct FetchOrder {
    std::string url;
    Bytes request;  ///< an OCSPRequest to post; empty: read a revocation list
};

/// Asks all of them side by side, each in a process of its own, and returns when the slowest has answered or `timeout`
/// has passed: a name server that is silent hangs the process that asked it, and that is ended. A fault says what came
/// instead of an answer. The proxy is the environment's (http_proxy, no_proxy).
[[nodiscard]] std::vector<FetchedSeen> fetch(const std::vector<FetchOrder>& orders, std::chrono::milliseconds timeout);

}  // namespace scca::token
