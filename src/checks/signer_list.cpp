// SPDX-License-Identifier: Apache-2.0
#include "signer_list.hpp"

#include "subjects.hpp"

#include "scca/pki/digest.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

bool is_digest_of(const pki::SealSigner& signer, const pki::Certificate& certificate) {
    const auto stated = pki::find_digest_method(signer.digest_type);
    if (pki::digest(stated.value_or(pki::DigestMethod::sm3), certificate.der) == signer.digest) return true;
    return signer.digest == pki::sm3(certificate.der) ||
           signer.digest == pki::sm3_with_z(certificate.public_key, certificate.der);
}

bool same_holder(const pki::Certificate& a, const pki::Certificate& b) {
    return a.subject.der == b.subject.der || holder_of(a) == holder_of(b);
}

}  // namespace

bool lists(const pki::Seal& seal, const pki::Certificate& certificate) {
    return std::any_of(seal.signers.begin(), seal.signers.end(), [&](const pki::SealSigner& signer) {
        if (!signer.certificate.empty()) return signer.certificate == certificate.der;
        return !signer.digest.empty() && is_digest_of(signer, certificate);
    });
}

ListedHolders listed_holders(const pki::Seal& seal, const std::vector<const pki::Certificate*>& certificates) {
    ListedHolders listed;
    for (const pki::SealSigner& signer : seal.signers) {
        const auto parsed = pki::parse_certificate(signer.certificate);
        if (!parsed) continue;
        listed.holders.push_back(holder_of(*parsed) + " (" + parsed->serial + ")");
        for (const pki::Certificate* one : certificates) {
            listed.has_one_of = listed.has_one_of || same_holder(*one, *parsed);
        }
    }
    return listed;
}

}  // namespace scca::checks
