// SPDX-License-Identifier: Apache-2.0
//
// document.signed: does it declare a signature? Many documents need none.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_document_signed(const Case& document, const Dossier&) {
    report::Fields evidence{{"signatures", static_cast<std::int64_t>(document.document->signatures.size())}};
    if (document.document->signatures.empty()) {
        evidence.push_back({"reason", std::string("not-signed")});
        return {noted(std::move(evidence))};
    }
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
