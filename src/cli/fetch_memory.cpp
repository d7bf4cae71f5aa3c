// SPDX-License-Identifier: Apache-2.0
#include "fetch_memory.hpp"

#include "scca/pki/revocation.hpp"

#include <algorithm>

namespace scca::cli {

struct FetchMemory::Errand {
    Key key;
    std::promise<Document> promise;
};

checks::FetchedDocuments FetchMemory::fetch(std::vector<checks::Wish> wishes,
                                            const std::function<void()>& about_to_wait) {
    std::vector<std::shared_future<Document>> coming;
    std::vector<Errand> errands = take_up(wishes, coming);
    const auto is_there = [](const auto& one) {
        return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    };
    if (!std::all_of(coming.begin(), coming.end(), is_there)) about_to_wait();
    std::vector<token::FetchOrder> orders;
    for (const Errand& one : errands) orders.push_back({one.key.first, one.key.second});
    auto seen = fetcher_.fetch(orders, [this](std::size_t octets) { make_room(octets); });
    // Own errands are done before others' are waited for: no two threads wait for each other.
    for (std::size_t i = 0; i < errands.size(); ++i) {
        pki::take_off_armour(seen[i].content);
        const std::size_t octets = seen[i].content.size();
        errands[i].promise.set_value(checks::open_fetched(std::move(seen[i])));
        keep(std::move(errands[i].key), octets);
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
        Key key(std::move(wish.url), std::move(wish.request));
        const auto [place, is_new] = kept_.try_emplace(key);
        if (is_new) {
            Errand& errand = errands.emplace_back(Errand{std::move(key), {}});
            place->second = errand.promise.get_future().share();
        }
        coming.push_back(place->second);
    }
    return errands;
}

void FetchMemory::keep(Key key, std::size_t octets) {
    const std::scoped_lock lock(mutex_);
    Shelf& shelf = shelf_for(key);
    shelf.order.emplace_back(std::move(key), octets);
    shelf.octets += octets;
    while (shelf.order.size() > 1 && (shelf.order.size() > shelf.most_documents || shelf.octets > shelf.most_octets)) {
        forget_oldest(shelf);
    }
}

void FetchMemory::make_room(std::size_t octets) {
    constexpr std::size_t worth_it = 1U << 20U;  // an answer, or a list like most
    if (octets < worth_it) return;
    const std::scoped_lock lock(mutex_);
    while (!lists_.order.empty() && lists_.octets + octets > lists_.most_octets) forget_oldest(lists_);
}

void FetchMemory::forget_oldest(Shelf& shelf) {
    shelf.octets -= shelf.order.front().second;
    kept_.erase(shelf.order.front().first);
    shelf.order.pop_front();
}

}  // namespace scca::cli
