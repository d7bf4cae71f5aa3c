// SPDX-License-Identifier: Apache-2.0
//
// cert.signature: did the CA whose name it bears sign it, and every CA above likewise?
#include "rungs.hpp"

#include "chain.hpp"
#include "scca.hpp"

#include "scca/pki/verify.hpp"

namespace scca::checks {
namespace {

report::Fields evidence_of(const pki::Certificate& certificate, const pki::Certificate& issuer, std::string how) {
    report::Fields fields{{"certificate", certificate.subject.text(), report::Privacy::name},
                          {"issuer", issuer.subject.text()}};
    if (!how.empty()) fields.push_back({"how", std::move(how)});
    return fields;
}

/// Of one that no CA above signed.
Judgement judge_alone(const pki::Certificate& one, const Chain& chain, const Dossier& dossier) {
    if (one.is_self_issued()) {
        if (belies_itself(one, dossier)) return failed(faq::id::cert_forged, evidence_of(one, one, {}));
        const pki::SignatureCheck& own = dossier.authorities->verify_issued(one, one);
        if (own.outcome == pki::Verification::holds) return passed();
        if (own.outcome == pki::Verification::near_miss)
            return warned(faq::id::signature_encoding, evidence_of(one, one, own.how));
    }
    if (chain.end == ChainEnd::trusted) return passed();
    return noted({{"issuer", one.issuer.text()}});
}

}  // namespace

Judgements check_cert_signature(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate* current = &*certificate.certificate->certificate;
    if (impersonates_known_ca(*current)) {
        return {failed(faq::id::cert_forged, {{"certificate", current->subject.text(), report::Privacy::name}})};
    }
    const Chain& chain = chain_of(*current, dossier);
    if (chain.issuers.empty()) return {judge_alone(*current, chain, dossier)};
    for (std::size_t i = 0; i < chain.issuers.size(); ++i) {
        const pki::Certificate* const issuer = chain.issuers[i];
        const auto evidence = [&](std::string how) { return evidence_of(*current, *issuer, std::move(how)); };
        if (impersonates_known_ca(*issuer)) return {failed(faq::id::cert_forged, evidence({}))};
        const pki::SignatureCheck& check = chain.checks[i];
        const auto unanswered = [&](std::string how) {  // asked for with --trust: a question without an answer
            return dossier.trust_given() ? unknown(std::nullopt, evidence(std::move(how))) : noted(evidence(how));
        };
        switch (check.outcome) {
            case pki::Verification::holds: break;
            case pki::Verification::near_miss: return {warned(faq::id::signature_encoding, evidence(check.how))};
            case pki::Verification::fails:
                return {chain.given_up ? unanswered("given-up") : failed(faq::id::cert_forged, evidence({}))};
            case pki::Verification::unsupported: return {unanswered("unsupported")};
        }
        current = issuer;
    }
    return {passed()};
}
}  // namespace scca::checks
