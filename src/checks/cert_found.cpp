// SPDX-License-Identifier: Apache-2.0
//
// cert.found: does the key hold a certificate of its own (a CA certificate is none)?
#include "rungs.hpp"

#include "token_sight.hpp"

#include <algorithm>

namespace scca::checks {
Judgements check_cert_found(const Case& token, const Dossier& dossier) {
    const auto found = static_cast<std::int64_t>(cases_below(dossier, token, SubjectKind::certificate).size());
    report::Fields evidence{{"certificates", found}};
    if (found > 0) return {passed(std::move(evidence))};
    const auto& applications = token.token->applications;
    const bool shows_container = std::any_of(applications.begin(), applications.end(),
                                             [](const auto& application) { return !application.containers.empty(); });
    const Unseen unseen = unseen_of(*token.token);
    if (unseen.containers_left > 0 || (unseen.hides_objects && !shows_container)) {
        evidence.push_back({"reason", std::string(unseen.containers_left > 0 ? cut_short : behind_pin)});
        return {unknown(std::nullopt, std::move(evidence))};
    }
    std::int64_t of_authorities = 0;
    for (const auto& application : token.token->applications) {
        for (const auto& container : application.containers) {
            of_authorities += static_cast<std::int64_t>(container.certificates.size());
        }
    }
    if (of_authorities > 0) evidence.push_back({"ca_certificates", of_authorities});
    return {failed(faq::id::cert_not_found, std::move(evidence))};
}
}  // namespace scca::checks
