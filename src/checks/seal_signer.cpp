// SPDX-License-Identifier: Apache-2.0
//
// seal.signer: does the key's certificate stand in the seal's list? After a renewal it does not, and the seal must be
// made anew (GB/T 38540 clause on verification, GM/T 0031 6.2.2 c).
#include "rungs.hpp"

#include "signer_list.hpp"

namespace scca::checks {
Judgements check_seal_signer(const Case& seal, const Dossier& dossier) {
    const pki::Seal& one = *seal.seal->seal;
    // Without a key there is nobody to look for: a seal in a file, or one inside a signature (signature.signer).
    if (seal.token == nullptr) return {};
    const auto certificates = cases_below(dossier, *dossier.parent_of(seal), SubjectKind::certificate);
    std::vector<const pki::Certificate*> own;
    bool all_readable = true;
    for (const Case* certificate : certificates) {
        const auto& parsed = certificate->certificate->certificate;
        if (parsed && dossier.authorities->lists(one, *parsed)) return {passed()};
        if (parsed) own.push_back(&*parsed);
        all_readable = all_readable && !certificate->certificate->fault;
    }
    // A certificate that cannot be read may well be the one that the seal lists.
    if (!all_readable) return {blocked(std::string(id_of(Rung::cert_readable)))};
    ListedHolders listed = listed_holders(one, own);
    if (listed.holders.empty())
        return {unknown(std::nullopt, {{"signers", static_cast<std::int64_t>(one.signers.size())}})};
    const faq::Id problem = listed.has_one_of ? faq::id::seal_cert_replaced : faq::id::seal_key_mismatch;
    return {failed(problem, {{"listed", std::move(listed.holders)}})};
}
}  // namespace scca::checks
