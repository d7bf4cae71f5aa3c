// SPDX-License-Identifier: Apache-2.0
//
// cert.signature: did the CA whose name it bears sign it, and every CA above likewise?
#include "rungs.hpp"

#include "chain.hpp"
#include "scca.hpp"

#include "scca/pki/verify.hpp"

namespace scca::checks {
Judgements check_cert_signature(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate* current = &*certificate.certificate->certificate;
    if (impersonates_known_ca(*current)) {
        return {failed(faq::id::cert_forged, {{"certificate", current->subject.text(), report::Privacy::name}})};
    }
    const Chain& chain = chain_of(*current, dossier);
    if (chain.issuers.empty() && chain.end != ChainEnd::trusted) return {noted({{"issuer", current->issuer.text()}})};
    for (std::size_t i = 0; i < chain.issuers.size(); ++i) {
        const pki::Certificate* const issuer = chain.issuers[i];
        const auto evidence = [&](std::string how) {
            report::Fields fields{{"certificate", current->subject.text(), report::Privacy::name},
                                  {"issuer", issuer->subject.text()}};
            if (!how.empty()) fields.push_back({"how", std::move(how)});
            return fields;
        };
        if (impersonates_known_ca(*issuer)) return {failed(faq::id::cert_forged, evidence({}))};
        const pki::SignatureCheck& check = chain.checks[i];
        switch (check.outcome) {
            case pki::Verification::holds: break;
            case pki::Verification::near_miss: return {warned(faq::id::signature_encoding, evidence(check.how))};
            case pki::Verification::fails: return {failed(faq::id::cert_forged, evidence({}))};
            case pki::Verification::unsupported:  // asked for with --trust: then it is a question without an answer
                return {dossier.trust_given() ? unknown(std::nullopt, evidence("unsupported"))
                                              : noted(evidence("unsupported"))};
        }
        current = issuer;
    }
    return {passed()};
}
}  // namespace scca::checks
