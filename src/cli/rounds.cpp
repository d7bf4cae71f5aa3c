// SPDX-License-Identifier: Apache-2.0
#include "rounds.hpp"

#include "fetch_memory.hpp"

#include "scca/pki/revocation.hpp"

namespace scca::cli {
namespace {

constexpr int most_rounds = 3;

constexpr bool is_last(int round) { return round + 1 == most_rounds; }

}  // namespace

report::Report judge_in_rounds(checks::Judge& judge, token::Snapshot& snapshot, std::chrono::milliseconds timeout) {
    token::Fetcher fetcher(timeout);
    for (int round = 0; round < most_rounds; ++round) {
        std::vector<token::FetchOrder> orders;
        for (checks::Wish& wish : judge.find_wishes(snapshot, is_last(round))) {
            orders.push_back({std::move(wish.url), std::move(wish.request)});
        }
        if (orders.empty()) break;
        for (token::FetchedSeen& seen : fetcher.fetch(orders)) {
            pki::take_off_armour(seen.content);
            snapshot.fetched.push_back(std::move(seen));
        }
    }
    return judge.judge(snapshot);
}

report::Report judge_in_rounds(checks::Judge& judge, const token::Snapshot& snapshot, FetchMemory& memory,
                               const std::function<void()>& about_to_wait) {
    checks::FetchedDocuments fetched;
    for (int round = 0; round < most_rounds; ++round) {
        auto wishes = judge.find_wishes(snapshot, is_last(round), fetched);
        if (wishes.empty()) break;
        for (auto& document : memory.fetch(std::move(wishes), about_to_wait)) fetched.push_back(std::move(document));
    }
    return judge.judge(snapshot, fetched);
}

}  // namespace scca::cli
