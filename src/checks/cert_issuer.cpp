// SPDX-License-Identifier: Apache-2.0
//
// cert.issuer: was it issued by Sichuan CA? Another CA is no fault, but another number to call.
#include "rungs.hpp"

#include "authorities.hpp"

namespace scca::checks {
Judgements check_cert_issuer(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    // Who issued a CA's own certificate is the chain's matter: nobody is to be called about it.
    if (one.is_ca.value_or(false)) return {};
    const Authorities::IssuerName& issuer = dossier.authorities->issuer_of(one);
    report::Fields evidence;
    evidence.push_back({"issuer", issuer.text});
    if (issuer.is_scca) return {passed(std::move(evidence))};
    return {warned(faq::id::cert_other_issuer, std::move(evidence))};
}
}  // namespace scca::checks
