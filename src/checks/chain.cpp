// SPDX-License-Identifier: Apache-2.0
#include "chain.hpp"

#include "scca.hpp"

#include "scca/pki/der.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

constexpr std::size_t longest_chain = 10;

bool may_sign_certificates(const pki::Certificate& issuer) {
    return issuer.is_ca.value_or(false) && (!issuer.key_usage || issuer.has_usage(pki::KeyUsage::key_cert_sign));
}

bool is_trusted(const pki::Certificate& certificate, const Dossier& dossier) {
    const auto& trusted = dossier.authorities->trusted();
    const auto same = [&](const pki::Certificate& other) { return other.der == certificate.der; };
    return std::any_of(trusted.begin(), trusted.end(), same) || is_known_ca(certificate);
}

/// Octet by octet, once what came as BER with indefinite lengths (0x80) is written as DER.
bool same_name(const pki::DistinguishedName& one, const pki::DistinguishedName& other) {
    const auto indefinite = [](const Bytes& name) { return name.size() > 1 && name[1] == 0x80; };
    if (indefinite(one.der) == indefinite(other.der)) return one.der == other.der;
    const auto first = pki::der::reencode(one.der);
    const auto second = pki::der::reencode(other.der);
    return first && second && *first == *second;
}

/// The name, and the key identifier where both tell it (RFC 5280 4.2.1.1): two CAs of one name are two CAs, and a
/// certificate of the one is no forgery of the other.
bool may_have_issued(const pki::Certificate& issuer, const pki::Certificate& certificate) {
    if (!same_name(issuer.subject, certificate.issuer) || issuer.der == certificate.der) return false;
    return certificate.authority_key_id.empty() || issuer.subject_key_id.empty() ||
           certificate.authority_key_id == issuer.subject_key_id;
}

bool has_issued(const pki::Certificate& issuer, const pki::Certificate& certificate, const Dossier& dossier) {
    const auto outcome = dossier.authorities->verify_issued(certificate, issuer).outcome;
    return outcome == pki::Verification::holds || outcome == pki::Verification::near_miss;
}

const pki::Certificate* find_issuer(const pki::Certificate& certificate, const Dossier& dossier) {
    const pki::Certificate* by_name = nullptr;
    for (const auto* pool : {&dossier.authorities->trusted(), &dossier.supplied}) {
        for (const pki::Certificate& candidate : *pool) {
            if (!may_have_issued(candidate, certificate)) continue;
            if (by_name == nullptr) by_name = &candidate;
            if (has_issued(candidate, certificate, dossier)) return &candidate;
        }
    }
    if (by_name != nullptr) return by_name;
    // One that is no CA and signed all the same: its name alone would accuse nobody.
    for (const CertificateCase& one : dossier.certificates) {
        const auto& candidate = one.certificate;
        if (!candidate || !may_have_issued(*candidate, certificate)) continue;
        if (has_issued(*candidate, certificate, dossier)) return &*candidate;
    }
    return nullptr;
}

}  // namespace

std::string_view name_of(ChainEnd end) noexcept {
    constexpr std::array<std::string_view, 6> names{"trusted",  "issuer-missing", "untrusted-root",
                                                    "not-a-ca", "path-length",    "loop"};
    return names[static_cast<std::size_t>(end)];
}

Chain build_chain(const pki::Certificate& certificate, const Dossier& dossier) {
    Chain chain;
    if (is_trusted(certificate, dossier)) {
        chain.end = ChainEnd::trusted;
        return chain;
    }
    const pki::Certificate* current = &certificate;
    while (!current->is_self_issued()) {
        const pki::Certificate* issuer = find_issuer(*current, dossier);
        if (issuer == nullptr) return chain;
        const bool seen = std::find(chain.issuers.begin(), chain.issuers.end(), issuer) != chain.issuers.end();
        if (seen || chain.issuers.size() >= longest_chain) {
            chain.end = ChainEnd::loop;
            return chain;
        }
        // RFC 5280 6.1.4: pathLenConstraint counts the CA certificates between this issuer and the end entity.
        const std::size_t between = chain.issuers.size();
        chain.issuers.push_back(issuer);
        if (!may_sign_certificates(*issuer)) {
            chain.end = ChainEnd::not_a_ca;
            return chain;
        }
        if (issuer->path_length && between > *issuer->path_length) {
            chain.end = ChainEnd::path_length;
            return chain;
        }
        if (is_trusted(*issuer, dossier)) {
            chain.end = ChainEnd::trusted;
            return chain;
        }
        current = issuer;
    }
    chain.end = ChainEnd::untrusted_root;
    return chain;
}

bool is_signed(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier) {
    const pki::Certificate* current = &certificate;
    return std::all_of(chain.issuers.begin(), chain.issuers.end(), [&](const pki::Certificate* issuer) {
        const auto outcome = dossier.authorities->verify_issued(*current, *issuer).outcome;
        current = issuer;
        return outcome != pki::Verification::fails;
    });
}

}  // namespace scca::checks
