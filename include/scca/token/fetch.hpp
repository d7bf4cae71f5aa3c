// SPDX-License-Identifier: Apache-2.0
//
// Asking a CA over HTTP for a revocation list or an OCSP answer. Plain http alone (lists and answers are signed, RFC
// 5280 section 8), no redirect is followed, and both size and time are bounded. Nothing here is called unless the user
// wrote --online; the addresses are those that certificates name.
#pragma once

#include "scca/token/snapshot.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace scca::token {

inline constexpr std::size_t most_crl_octets = 32U * 1024U * 1024U;
inline constexpr std::size_t most_ocsp_octets = 64U * 1024U;

struct FetchOrder {
    std::string url;
    Bytes request;  ///< an OCSPRequest to post; empty: read what is there
};

/// Asks for as long as one run lasts. A server (host and port) that was silent until the time was up, or took no
/// connection, is given up: whatever is wanted from it afterwards has the same fault at once. One that has answered may
/// be silent three times. For any number of threads.
class Fetcher {
public:
    explicit Fetcher(std::chrono::milliseconds timeout) : timeout_(timeout) {}

    /// Told how many octets are about to come, before there is room for them.
    using Arrival = std::function<void(std::size_t octets)>;

    /// Asks eight of them side by side, each in a process of its own (scca-fetch), until the slowest has answered or
    /// the time is up: a name server that is silent hangs the process that asked it, and that is ended. A fault says
    /// what came instead of an answer. The proxy is the environment's (http_proxy, no_proxy).
    [[nodiscard]] std::vector<FetchedSeen> fetch(const std::vector<FetchOrder>& orders, const Arrival& arrival = {});

private:
    struct Server {
        Fault fault;  ///< of the last silence
        bool connected = false;
        bool has_answered = false;
        unsigned silences = 0;
    };

    /// Whether its server is; then it has that fault.
    [[nodiscard]] bool is_given_up(FetchedSeen& seen);
    void note(const FetchedSeen& seen);

    std::chrono::milliseconds timeout_;
    std::mutex mutex_;
    std::map<std::string, Server> servers_;  ///< by host and port
};

}  // namespace scca::token
