// SPDX-License-Identifier: Apache-2.0
//
// signature.signer: may the signer use this seal (does its list have the certificate), and is the certificate what it
// says? Its dates are signature.time's question: they count at the time of signing.
#include "rungs.hpp"

#include "signer_list.hpp"
#include "subjects.hpp"

namespace scca::checks {
namespace {

std::string name_of_signer(const pki::Certificate& signer) { return holder_of(signer) + " (" + signer.serial + ")"; }

report::Privacy privacy_of(const pki::Certificate& signer) {
    return is_personal(signer) ? report::Privacy::person : report::Privacy::open;
}

/// Chain and signatures of the signer's certificate, only where they fail: an issuer that nobody supplied is no fault.
Judgements judge_certificate(const CertificateCase& signer, const Dossier& dossier) {
    const Case one{.kind = SubjectKind::certificate, .certificate = &signer};
    for (const auto check : {check_cert_chain, check_cert_signature}) {
        Judgements failures;
        check(one, dossier).hand_to([&](Judgement&& judgement) {
            if (judgement.outcome == report::Outcome::failed) failures.add(std::move(judgement));
        });
        if (!failures.empty()) return failures;
    }
    return {};
}

/// A certificate that is not meant for signing (GM/T 0031 6.2.3 c). Real signers have had such, and were accepted.
Judgements judge_usage(const pki::Certificate& signer) {
    if (!signer.key_usage || signer.has_usage(pki::KeyUsage::digital_signature) ||
        signer.has_usage(pki::KeyUsage::non_repudiation)) {
        return {};
    }
    return {warned(faq::id::cert_usage_wrong, {{"reason", std::string("usage-of-signer")},
                                               {"signer", name_of_signer(signer), privacy_of(signer)},
                                               {"lacks", std::string("digitalSignature")}})};
}

Judgement judge_list(const pki::Seal& seal, const pki::Certificate& signer, const Dossier& dossier) {
    report::Fields evidence{{"signer", name_of_signer(signer), privacy_of(signer)}};
    if (dossier.authorities->lists(seal, signer)) return passed(std::move(evidence));
    ListedHolders listed = listed_holders(seal, {&signer});
    const bool comparable = !listed.holders.empty() || seal.signer_list_type == 2;
    if (!comparable) {
        evidence.push_back({"reason", std::string("nobody-listed")});
        return unknown(std::nullopt, std::move(evidence));
    }
    const bool renewed = listed.has_one_of;
    if (!listed.holders.empty()) evidence.push_back({"listed", std::move(listed.holders)});
    return failed(renewed ? faq::id::seal_cert_replaced : faq::id::seal_key_mismatch, std::move(evidence));
}

}  // namespace

Judgements check_signature_signer(const Case& signature, const Dossier& dossier) {
    const SignatureCase& one = *signature.signature;
    if (!one.signer || !one.signer->certificate) return {};
    const pki::Certificate& signer = *one.signer->certificate;
    if (Judgements broken = judge_certificate(*one.signer, dossier); !broken.empty()) return broken;
    Judgements judged = judge_usage(signer);
    if (one.seal == nullptr) return judged;
    if (!one.seal->seal) {
        judged.add(blocked(std::string(id_of(Rung::seal_readable))));
        return judged;
    }
    judged.add(judge_list(*one.seal->seal, signer, dossier));
    return judged;
}
}  // namespace scca::checks
