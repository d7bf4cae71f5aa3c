// SPDX-License-Identifier: Apache-2.0
#include "fetch_memory.hpp"

namespace scca::cli {
namespace {

constexpr std::size_t most_documents = 256;
constexpr std::size_t most_octets = 32U << 20U;  ///< as fetched; what is longer is kept alone

}  // namespace

struct FetchMemory::Errand {
    token::FetchOrder order;
    std::promise<Document> promise;
};

checks::FetchedDocuments FetchMemory::fetch(std::vector<checks::Wish> wishes) {
    std::vector<std::shared_future<Document>> coming;
    std::vector<Errand> errands = take_up(wishes, coming);
    std::vector<token::FetchOrder> orders;
    for (Errand& one : errands) orders.push_back(std::move(one.order));
    std::vector<token::FetchedSeen> seen = fetcher_.fetch(orders);
    // Own errands are done before others' are waited for: no two threads wait for each other.
    for (std::size_t i = 0; i < errands.size(); ++i) {
        const std::size_t octets = seen[i].content.size();
        const std::string url = seen[i].request_sha256.empty() ? seen[i].url : std::string();
        errands[i].promise.set_value(checks::open_fetched(std::move(seen[i])));
        if (!url.empty()) keep(url, octets);
    }
    checks::FetchedDocuments documents;
    for (const auto& document : coming) documents.push_back(document.get());
    return documents;
}

std::vector<FetchMemory::Errand> FetchMemory::take_up(std::vector<checks::Wish>& wishes,
                                                      std::vector<std::shared_future<Document>>& coming) {
    std::vector<Errand> errands;
    const std::scoped_lock lock(mutex_);
    for (checks::Wish& wish : wishes) {
        const auto known = wish.request.empty() ? kept_.find(wish.url) : kept_.end();
        if (known != kept_.end()) {
            coming.push_back(known->second);
            continue;
        }
        Errand& errand = errands.emplace_back();
        coming.push_back(errand.promise.get_future().share());
        if (wish.request.empty()) kept_.emplace(wish.url, coming.back());
        errand.order = {std::move(wish.url), std::move(wish.request)};
    }
    return errands;
}

void FetchMemory::keep(const std::string& url, std::size_t octets) {
    const std::scoped_lock lock(mutex_);
    order_.emplace_back(url, octets);
    octets_ += octets;
    while (order_.size() > 1 && (order_.size() > most_documents || octets_ > most_octets)) {
        octets_ -= order_.front().second;
        kept_.erase(order_.front().first);
        order_.pop_front();
    }
}

}  // namespace scca::cli
