// SPDX-License-Identifier: Apache-2.0
#include "rounds.hpp"

#include "scca/token/fetch.hpp"

namespace scca::cli {

report::Report judge_in_rounds(checks::Judge& judge, token::Snapshot& snapshot, const checks::Options& options,
                               std::chrono::milliseconds timeout) {
    constexpr int most_rounds = 3;
    for (int round = 0; options.online && round < most_rounds; ++round) {
        std::vector<token::FetchOrder> orders;
        for (checks::Wish& wish : checks::find_wishes(snapshot, options)) {
            orders.push_back({std::move(wish.url), std::move(wish.request)});
        }
        if (orders.empty()) break;
        for (token::FetchedSeen& seen : token::fetch(orders, timeout)) snapshot.fetched.push_back(std::move(seen));
    }
    return judge.judge(snapshot);
}

}  // namespace scca::cli
