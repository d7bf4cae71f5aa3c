// SPDX-License-Identifier: Apache-2.0
//
// cert.found: does the key hold a certificate of its own (a CA certificate is none)?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_found(const Case& token, const Dossier& dossier) {
    const auto found = static_cast<std::int64_t>(cases_below(dossier, token, SubjectKind::certificate).size());
    report::Fields evidence{{"certificates", found}};
    if (found > 0) return {passed(std::move(evidence))};
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
