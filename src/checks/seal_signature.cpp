// SPDX-License-Identifier: Apache-2.0
//
// seal.signature: do the seal's data still carry their maker's signature? Verified over the bytes as received.
#include "rungs.hpp"

#include "scca/pki/verify.hpp"

namespace scca::checks {
Judgements check_seal_signature(const Case& seal, const Dossier& dossier) {
    const SealCase& one = *seal.seal;
    if (!one.maker) return {unknown(std::nullopt, {{"reason", std::string("maker-unreadable")}})};
    const pki::SignatureCheck check = dossier.authorities->verify_seal(*one.seal, one.maker->public_key);
    switch (check.outcome) {
        case pki::Verification::holds: return {passed()};
        case pki::Verification::near_miss: return {warned(faq::id::signature_encoding, {{"how", check.how}})};
        case pki::Verification::unsupported: return {noted({{"algorithm", one.seal->signature_oid}})};
        case pki::Verification::fails: break;
    }
    report::Fields evidence{{"maker", one.maker->subject.text(), report::Privacy::name}};
    if (!pki::fits(one.maker->public_key, one.seal->signature_oid)) {
        evidence.push_back({"reason", std::string("algorithm-key-mismatch")});
        evidence.push_back({"algorithm", one.seal->signature_oid});
    }
    return {failed(faq::id::seal_tampered, std::move(evidence))};
}
}  // namespace scca::checks
