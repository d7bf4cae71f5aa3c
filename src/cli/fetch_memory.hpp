// SPDX-License-Identifier: Apache-2.0
//
// What was read from addresses in one run, for everyone who wants it: ten thousand certificates name the same
// revocation list, and it is fetched and opened once. Forgets the oldest when it becomes too much; answers about single
// certificates (OCSP) it does not keep. For any number of threads.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/token/fetch.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace scca::cli {

class FetchMemory {
public:
    explicit FetchMemory(std::chrono::milliseconds timeout) : fetcher_(timeout) {}

    /// What these addresses give, in this order. What another thread is asking for is waited for; a failure is given
    /// again like anything else.
    [[nodiscard]] checks::FetchedDocuments fetch(std::vector<checks::Wish> wishes);

private:
    using Document = std::shared_ptr<const checks::FetchedDocument>;
    struct Errand;

    /// Those that nobody has asked for yet; `coming` gets one for each wish.
    [[nodiscard]] std::vector<Errand> take_up(std::vector<checks::Wish>& wishes,
                                              std::vector<std::shared_future<Document>>& coming);
    void keep(const std::string& url, std::size_t octets);

    token::Fetcher fetcher_;
    std::mutex mutex_;
    std::map<std::string, std::shared_future<Document>> kept_;  ///< by address; also those that are being asked for
    std::deque<std::pair<std::string, std::size_t>> order_;     ///< addresses and octets of what came, the oldest first
    std::size_t octets_ = 0;
};

}  // namespace scca::cli
