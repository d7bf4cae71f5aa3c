// SPDX-License-Identifier: Apache-2.0
//
// token.found: how many distinct keys are there? Two at once confuse most clients.
#include "rungs.hpp"

#include <map>

namespace scca::checks {
namespace {

/// The same key seen through two doors has the same serial number and the same certificates.
std::string identity_of(const token::TokenSeen& token) {
    std::string identity = token.serial;
    for (const auto& application : token.applications) {
        for (const auto& container : application.containers) {
            for (const auto& certificate : container.certificates) identity += '|' + to_hex(certificate.content);
        }
    }
    return identity;
}

}  // namespace

Judgements check_token_found(const Case&, const Dossier& dossier) {
    std::map<std::string, std::string> keys;
    for (const auto& module : dossier.snapshot->modules) {
        for (const auto& token : module.tokens) {
            // Of a module that broke on the way nothing may be known but that something is there: no key to count.
            if (!identity_of(token).empty()) {
                keys.emplace(identity_of(token), token.serial.empty() ? token.label : token.label + ' ' + token.serial);
            }
        }
    }
    if (keys.empty()) return {};
    report::Fields evidence{{"keys", static_cast<std::int64_t>(keys.size())}};
    if (keys.size() == 1) return {passed(std::move(evidence))};
    std::vector<std::string> labels;
    for (const auto& [identity, name] : keys) labels.push_back(name);
    evidence.push_back({"labels", std::move(labels)});
    return {warned(faq::id::several_keys, std::move(evidence))};
}
}  // namespace scca::checks
