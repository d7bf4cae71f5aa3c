// SPDX-License-Identifier: Apache-2.0
//
// token.container: is there a certificate in at least one of the containers?
#include "rungs.hpp"

#include "token_sight.hpp"

namespace scca::checks {
Judgements check_token_container(const Case& token, const Dossier&) {
    std::int64_t containers = 0;
    std::int64_t with_certificate = 0;
    for (const auto& application : token.token->applications) {
        for (const auto& container : application.containers) {
            ++containers;
            if (!container.certificates.empty()) ++with_certificate;
        }
    }
    if (containers == 0) return {};
    report::Fields evidence{{"containers", containers}, {"with_certificate", with_certificate}};
    const std::int64_t left = unseen_of(*token.token).containers_left;
    if (left > 0) {
        evidence.push_back({"containers_left", left});
        evidence.push_back({"reason", std::string(cut_short)});
    }
    if (with_certificate == 0 && left > 0) return {unknown(std::nullopt, std::move(evidence))};
    if (with_certificate > 0) return {passed(std::move(evidence))};
    return {failed(faq::id::cert_not_found, std::move(evidence))};
}
}  // namespace scca::checks
