// SPDX-License-Identifier: Apache-2.0
//
// machine.network: do the hosts that the certificates name take a connection? Judges what was asked for other rungs
// with --online, and asks nothing itself. Never more than a note: what could not be had for it, its own rung tells.
#include "rungs.hpp"

#include <algorithm>
#include <map>

namespace scca::checks {
namespace {

/// "ca.example:8080", as it stands in the address.
std::string host_of(std::string_view url) {
    constexpr std::string_view mark = "://";
    const std::size_t scheme = url.find(mark);
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + mark.size());
    return std::string(url.substr(0, std::min(url.find_first_of("/?#"), url.size())));
}

}  // namespace

Judgements check_machine_network(const Case&, const Dossier& dossier) {
    std::map<std::string, bool> reached;
    const Fault* obstacle = nullptr;
    for (const token::FetchedSeen& fetched : dossier.snapshot->fetched) {
        bool& host = reached[host_of(fetched.url)];
        host = host || fetched.connected;
    }
    if (reached.empty()) return {};
    for (const token::FetchedSeen& fetched : dossier.snapshot->fetched) {
        if (obstacle == nullptr && fetched.fault && !reached[host_of(fetched.url)]) obstacle = &*fetched.fault;
    }
    std::vector<std::string> found, missed;
    for (const auto& [host, is_reached] : reached) (is_reached ? found : missed).push_back(host);
    report::Fields evidence;
    if (!found.empty()) evidence.push_back({"hosts", std::move(found)});
    if (missed.empty()) return {passed(std::move(evidence))};
    evidence.push_back({"hosts_not_reached", std::move(missed)});
    if (obstacle != nullptr) {
        for (report::Field& field : evidence_of(*obstacle)) evidence.push_back(std::move(field));
    }
    return {noted(std::move(evidence))};
}
}  // namespace scca::checks
