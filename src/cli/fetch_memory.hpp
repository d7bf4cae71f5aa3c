// SPDX-License-Identifier: Apache-2.0
//
// What came from addresses in one run, for everyone who wants it: ten thousand certificates name the same revocation
// list, and it is fetched and opened once; a responder is asked once about copies of one certificate. Forgets the
// oldest when it becomes too much. For any number of threads.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/token/fetch.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
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
    /// again like anything else. `about_to_wait` is called first unless all of it is there.
    [[nodiscard]] checks::FetchedDocuments fetch(std::vector<checks::Wish> wishes,
                                                 const std::function<void()>& about_to_wait);

private:
    using Document = std::shared_ptr<const checks::FetchedDocument>;
    using Key = std::pair<std::string, Bytes>;  ///< address, and request
    struct Errand;

    /// Lists, or answers about single certificates, which are many and small: neither pushes the other out.
    struct Shelf {
        std::size_t most_documents, most_octets;          ///< as fetched; what is longer is kept alone
        std::deque<std::pair<Key, std::size_t>> order{};  ///< and octets, the oldest first
        std::size_t octets = 0;
    };

    /// Those that nobody has asked for yet; `coming` gets one for each wish.
    [[nodiscard]] std::vector<Errand> take_up(std::vector<checks::Wish>& wishes,
                                              std::vector<std::shared_future<Document>>& coming);
    [[nodiscard]] Shelf& shelf_for(const Key& key) noexcept { return key.second.empty() ? lists_ : answers_; }
    void keep(Key key, std::size_t octets);
    /// Forgets for what is long and about to come, so that both are not there at the same time.
    void make_room(std::size_t octets);
    void forget_oldest(Shelf& shelf);

    token::Fetcher fetcher_;
    std::mutex mutex_;
    std::map<Key, std::shared_future<Document>> kept_;  ///< also those that are being asked for
    Shelf lists_{.most_documents = 256, .most_octets = 32U << 20U};
    Shelf answers_{.most_documents = 4096, .most_octets = 4U << 20U};
};

}  // namespace scca::cli
