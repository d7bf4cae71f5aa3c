// SPDX-License-Identifier: Apache-2.0
//
// signature.signer: may the signer use this seal (does its list have the certificate), and is the certificate what it
// says? Its dates are signature.time's question: they count at the time of signing.
#include "rungs.hpp"

#include "signer_list.hpp"
#include "subjects.hpp"

namespace scca::checks {
namespace {

/// Chain and signatures of the signer's certificate, only where they fail: an issuer that nobody supplied is no fault.
Judgements judge_certificate(const CertificateCase& signer, const Dossier& dossier) {
    const Case one{.kind = SubjectKind::certificate, .certificate = &signer};
    for (const auto check : {check_cert_chain, check_cert_signature}) {
        for (Judgement& judgement : check(one, dossier)) {
            if (judgement.outcome == report::Outcome::failed) return {std::move(judgement)};
        }
    }
    return {};
}

}  // namespace

Judgements check_signature_signer(const Case& signature, const Dossier& dossier) {
    const SignatureCase& one = *signature.signature;
    if (!one.signer || !one.signer->certificate) return {};
    const pki::Certificate& signer = *one.signer->certificate;
    if (Judgements broken = judge_certificate(*one.signer, dossier); !broken.empty()) return broken;
    if (one.seal == nullptr) return {};
    if (!one.seal->seal) return {blocked(std::string(id_of(Rung::seal_readable)))};
    const pki::Seal& seal = *one.seal->seal;
    report::Fields evidence{{"signer", holder_of(signer) + " (" + signer.serial + ")",
                             is_personal(signer) ? report::Privacy::person : report::Privacy::open}};
    if (dossier.authorities->lists(seal, signer)) return {passed(std::move(evidence))};
    ListedHolders listed = listed_holders(seal, {&signer});
    const bool comparable = !listed.holders.empty() || seal.signer_list_type == 2;
    if (!listed.holders.empty()) evidence.push_back({"listed", std::move(listed.holders)});
    if (!comparable) return {unknown(std::nullopt, std::move(evidence))};
    return {failed(faq::id::seal_key_mismatch, std::move(evidence))};
}
}  // namespace scca::checks
