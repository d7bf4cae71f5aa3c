// SPDX-License-Identifier: Apache-2.0
//
// signature.value: did the signer's key make this signature over these octets? Whether the files are still what was
// signed is signature.references' question.
#include "rungs.hpp"

#include "subjects.hpp"

#include "scca/pki/verify.hpp"

namespace scca::checks {
Judgements check_signature_value(const Case& signature, const Dossier&) {
    const SignatureCase& one = *signature.signature;
    const pki::SignedValue& value = *one.signature.value;
    const auto cannot = [](std::string reason) {
        return Judgements{unknown(faq::id::signature_mismatch, {{"reason", std::move(reason)}})};
    };
    if (!one.signer) return cannot("no-certificate");
    if (!one.signer->certificate) return cannot("certificate-unreadable");
    if (!value.covered && !one.has_document) return cannot("no-original");
    const Bytes& message = value.covered ? *value.covered : one.signature.xml;
    const pki::Certificate& signer = *one.signer->certificate;
    const pki::SignatureCheck check =
        pki::verify_signature(signer.public_key, value.signature_oid, message, value.signature);
    report::Fields evidence{
        {"signer", holder_of(signer), is_personal(signer) ? report::Privacy::person : report::Privacy::open},
        {"file", one.signature.value_path}};
    switch (check.outcome) {
        case pki::Verification::holds: return {passed(std::move(evidence))};
        case pki::Verification::near_miss:
            evidence.push_back({"how", check.how});
            return {warned(faq::id::signature_encoding, std::move(evidence))};
        case pki::Verification::unsupported:
            evidence.push_back({"algorithm", value.signature_oid});
            return {unknown(std::nullopt, std::move(evidence))};
        case pki::Verification::fails: break;
    }
    return {failed(faq::id::signature_mismatch, std::move(evidence))};
}
}  // namespace scca::checks
