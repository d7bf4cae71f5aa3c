// SPDX-License-Identifier: Apache-2.0
//
// signature.value: did the signer's key make this signature over these octets? Whether the files are still what was
// signed is signature.references' question.
#include "rungs.hpp"

#include "subjects.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

/// Enough for every certificate that a person would name beside a document.
constexpr std::size_t most_tried = 64;

struct Attempt {
    const pki::Certificate* signer = nullptr;
    pki::SignatureCheck check;
};

Attempt attempt(const SignatureCase& one, const pki::Certificate& signer, const Dossier& dossier) {
    const pki::SignedValue& value = *one.signature.value;
    const Bytes& message = value.covered ? *value.covered : one.signature.xml;
    pki::Verifier& verifier = dossier.authorities->verifier();
    Attempt made{&signer, verifier.verify_signature(signer.public_key, value.signature_oid, message, value.signature)};
    if (made.check.outcome != pki::Verification::fails || value.kind != pki::SignedValueKind::seal_signature) {
        return made;
    }
    // Seen once: the digest of the original taken for the one that SM2 signs.
    const pki::SignatureCheck direct =
        verifier.verify_digest(signer.public_key, value.original_digest, value.signature);
    if (direct.outcome != pki::Verification::fails) made.check = direct;
    return made;
}

/// A signature without certificate may be by the owner of one that was named beside it or with --trust.
std::optional<Attempt> find_signer(const SignatureCase& one, const Dossier& dossier) {
    std::vector<const pki::Certificate*> candidates;
    for (const pki::Certificate& trusted : dossier.authorities->trusted()) candidates.push_back(&trusted);
    for (const CertificateCase& other : dossier.certificates) {
        if (other.certificate) candidates.push_back(&*other.certificate);
    }
    candidates.resize(std::min(candidates.size(), most_tried));
    for (const pki::Certificate* candidate : candidates) {
        const Attempt made = attempt(one, *candidate, dossier);
        const auto outcome = made.check.outcome;
        if (outcome == pki::Verification::holds || outcome == pki::Verification::near_miss) return made;
    }
    return std::nullopt;
}

Judgements judge_attempt(const SignatureCase& one, const Attempt& made) {
    const auto privacy = is_personal(*made.signer) ? report::Privacy::person : report::Privacy::open;
    const auto path = one.has_document ? report::Privacy::open : report::Privacy::path;
    report::Fields evidence{{"signer", holder_of(*made.signer), privacy}, {"file", one.signature.value_path, path}};
    switch (made.check.outcome) {
        case pki::Verification::holds: return {passed(std::move(evidence))};
        case pki::Verification::near_miss:
            evidence.push_back({"how", made.check.how});
            return {warned(faq::id::signature_encoding, std::move(evidence))};
        case pki::Verification::unsupported:
            evidence.push_back({"reason", std::string("algorithm-unknown")});
            evidence.push_back({"algorithm", one.signature.value->signature_oid});
            return {unknown(std::nullopt, std::move(evidence))};
        case pki::Verification::fails: break;
    }
    if (!pki::fits(made.signer->public_key, one.signature.value->signature_oid)) {
        evidence.push_back({"reason", std::string("algorithm-key-mismatch")});
        evidence.push_back({"algorithm", one.signature.value->signature_oid});
    }
    return {failed(faq::id::signature_mismatch, std::move(evidence))};
}

}  // namespace

Judgements check_signature_value(const Case& signature, const Dossier& dossier) {
    const SignatureCase& one = *signature.signature;
    const auto cannot = [](std::string reason) {
        return Judgements{unknown(faq::id::signature_mismatch, {{"reason", std::move(reason)}})};
    };
    if (!one.signature.value->covered && !one.has_document) return cannot("no-original");
    if (one.signer && one.signer->certificate)
        return judge_attempt(one, attempt(one, *one.signer->certificate, dossier));
    if (const auto found = find_signer(one, dossier)) return judge_attempt(one, *found);
    return cannot(one.signer ? "certificate-unreadable" : "no-certificate");
}
}  // namespace scca::checks
