// SPDX-License-Identifier: Apache-2.0
//
// token.container: is there a certificate in at least one of the containers?
#include "rungs.hpp"

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
    if (with_certificate > 0) return {passed(std::move(evidence))};
    return {failed(faq::id::cert_not_found, std::move(evidence))};
}
}  // namespace scca::checks
