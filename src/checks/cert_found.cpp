// SPDX-License-Identifier: Apache-2.0
//
// cert.found: does the key hold a certificate of its own (a CA certificate is none)?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_found(const Case& token, const Dossier& dossier) {
    const auto found = static_cast<std::int64_t>(cases_below(dossier, token, SubjectKind::certificate).size());
    report::Fields evidence{{"certificates", found}};
    if (found > 0) return {passed(std::move(evidence))};
    return {failed(faq::id::cert_not_found, std::move(evidence))};
}
}  // namespace scca::checks
