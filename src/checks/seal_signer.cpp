// SPDX-License-Identifier: Apache-2.0
//
// seal.signer: does the key's certificate stand in the seal's list? After a renewal it does not, and the seal must be
// made anew (GB/T 38540 clause on verification, GM/T 0031 6.2.2 c).
#include "rungs.hpp"

#include "subjects.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

bool lists(const pki::Seal& seal, const Bytes& certificate) {
    return std::any_of(seal.signers.begin(), seal.signers.end(), [&](const pki::SealSigner& signer) {
        return signer.certificate.empty() ? signer.digest == pki::sm3(certificate) : signer.certificate == certificate;
    });
}

bool same_holder(const pki::Certificate& a, const pki::Certificate& b) {
    return a.subject.der == b.subject.der || holder_of(a) == holder_of(b);
}

struct Listed {
    std::vector<std::string> holders;
    bool has_holder = false;  ///< one of them is held by the key's holder
};

Listed listed_holders(const pki::Seal& seal, const std::vector<const Case*>& certificates) {
    Listed listed;
    for (const pki::SealSigner& signer : seal.signers) {
        const auto parsed = pki::parse_certificate(signer.certificate);
        if (!parsed) continue;
        listed.holders.push_back(holder_of(*parsed) + " (" + parsed->serial + ")");
        for (const Case* one : certificates) {
            const auto& own = one->certificate->certificate;
            listed.has_holder = listed.has_holder || (own && same_holder(*own, *parsed));
        }
    }
    return listed;
}

}  // namespace

Judgements check_seal_signer(const Case& seal, const Dossier& dossier) {
    const pki::Seal& one = *seal.seal->seal;
    const auto certificates = cases_below(dossier, *dossier.parent_of(seal), SubjectKind::certificate);
    bool all_readable = true;
    for (const Case* certificate : certificates) {
        if (lists(one, certificate->certificate->content)) return {passed()};
        all_readable = all_readable && !certificate->certificate->fault;
    }
    // A certificate that cannot be read may well be the one that the seal lists.
    if (!all_readable) return {blocked(std::string(id_of(Rung::cert_readable)))};
    Listed listed = listed_holders(one, certificates);
    if (listed.holders.empty()) return {unknown(std::nullopt, {{"signers", static_cast<std::int64_t>(one.signers.size())}})};
    const faq::Id problem = listed.has_holder ? faq::id::seal_cert_replaced : faq::id::seal_key_mismatch;
    return {failed(problem, {{"listed", std::move(listed.holders)}})};
}
}  // namespace scca::checks
