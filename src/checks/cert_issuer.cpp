// SPDX-License-Identifier: Apache-2.0
//
// cert.issuer: was it issued by Sichuan CA? Another CA is no fault, but another number to call.
#include "rungs.hpp"

#include "scca.hpp"

namespace scca::checks {
Judgements check_cert_issuer(const Case& certificate, const Dossier&) {
    const pki::DistinguishedName& issuer = certificate.certificate->certificate->issuer;
    report::Fields evidence{{"issuer", issuer.text(), report::Privacy::name}};
    if (is_scca_name(issuer)) return {passed(std::move(evidence))};
    return {warned(faq::id::cert_other_issuer, std::move(evidence))};
}
}  // namespace scca::checks
