// SPDX-License-Identifier: Apache-2.0
//
// cert.strength: RSA below 2048 bits, MD5 and SHA-1 are too weak (facts: findings of the design), in the certificate
// and in the CAs above it.
#include "rungs.hpp"

#include "chain.hpp"
#include "weak_digest.hpp"

#include <utility>

namespace scca::checks {
namespace {

constexpr std::size_t least_rsa_bits = 2048;

/// Empty when neither the key nor, where it counts, the signature is weak.
report::Fields weakness_of(const pki::Certificate& one, bool signature_counts) {
    if (one.public_key.type == pki::PublicKeyType::rsa && one.public_key.bits < least_rsa_bits) {
        return {{"rsa_bits", static_cast<std::int64_t>(one.public_key.bits)}};
    }
    for (const WeakDigest& weak : weak_digests) {
        if (signature_counts && one.signature_oid == weak.signature_oid) return {{"digest", std::string(weak.name)}};
    }
    return {};
}

/// The nearest CA above that is weak, as far as the signatures hold.
std::optional<Judgement> find_weak_ca(const Chain& chain) {
    for (std::size_t at = 0; at < chain.issuers.size() && holds(chain.checks[at]); ++at) {
        const pki::Certificate& ca = *chain.issuers[at];
        // Whoever trusts a CA trusts its key: neither a root's own signature proves anything nor another's.
        const bool last = at + 1 == chain.issuers.size();
        const bool anchor = last && (chain.end == ChainEnd::trusted || ca.is_self_issued());
        report::Fields evidence = weakness_of(ca, !anchor);
        if (evidence.empty()) continue;
        evidence.insert(evidence.begin(), {{"reason", std::string("weak-ca")}, {"ca", ca.subject.text()}});
        return warned(faq::id::cert_weak, std::move(evidence));
    }
    return std::nullopt;
}

}  // namespace

Judgements check_cert_strength(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    report::Fields own = weakness_of(one, true);
    auto above = find_weak_ca(chain_of(one, dossier));
    if (own.empty() && !above) return {passed()};
    Judgements judgements;
    if (!own.empty()) judgements.add(warned(faq::id::cert_weak, std::move(own)));
    if (above) judgements.add(std::move(*above));
    return judgements;
}
}  // namespace scca::checks
