// SPDX-License-Identifier: Apache-2.0
#include "chain.hpp"

#include "dossier.hpp"
#include "scca.hpp"

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

/// The name, and the key identifier where both tell it (RFC 5280 4.2.1.1): two CAs of one name are two CAs, and a
/// certificate of the one is no forgery of the other.
bool may_have_issued(const pki::Certificate& issuer, const pki::Certificate& certificate) {
    if (!pki::same_name(issuer.subject, certificate.issuer) || issuer.der == certificate.der) return false;
    return certificate.authority_key_id.empty() || issuer.subject_key_id.empty() ||
           certificate.authority_key_id == issuer.subject_key_id;
}

struct Link {
    const pki::Certificate* issuer = nullptr;
    pki::SignatureCheck check;
};

bool holds(const pki::SignatureCheck& check) {
    return check.outcome == pki::Verification::holds || check.outcome == pki::Verification::near_miss;
}

/// No issuer when nobody supplied one.
Link find_issuer(const pki::Certificate& certificate, const Dossier& dossier) {
    Link by_name;
    for (const auto* pool : {&dossier.authorities->trusted(), &dossier.supplied}) {
        for (const pki::Certificate& candidate : *pool) {
            if (!may_have_issued(candidate, certificate)) continue;
            const pki::SignatureCheck& check = dossier.authorities->verify_issued(certificate, candidate);
            if (holds(check)) return {&candidate, check};
            if (by_name.issuer == nullptr) by_name = {&candidate, check};
        }
    }
    if (by_name.issuer != nullptr) return by_name;
    // One that is no CA and signed all the same, or came from an address: the name alone would accuse nobody.
    const auto try_candidate = [&](const pki::Certificate& candidate) {
        if (!may_have_issued(candidate, certificate)) return Link{};
        const pki::SignatureCheck& check = dossier.authorities->verify_issued(certificate, candidate);
        return holds(check) ? Link{&candidate, check} : Link{};
    };
    for (const pki::Certificate& candidate : dossier.fetched) {
        if (Link link = try_candidate(candidate); link.issuer != nullptr) return link;
    }
    for (const CertificateCase& one : dossier.certificates) {
        if (!one.certificate) continue;
        if (Link link = try_candidate(*one.certificate); link.issuer != nullptr) return link;
    }
    return {};
}

/// A CA that bears the issuer's name and, by its key identifier, is another.
const pki::Certificate* find_namesake(const pki::Certificate& certificate, const Dossier& dossier) {
    for (const auto* pool : {&dossier.authorities->trusted(), &dossier.supplied}) {
        for (const pki::Certificate& candidate : *pool) {
            if (pki::same_name(candidate.subject, certificate.issuer) && candidate.der != certificate.der)
                return &candidate;
        }
    }
    return nullptr;
}

}  // namespace

Chain build_chain(const pki::Certificate& certificate, const Dossier& dossier) {
    Chain chain;
    if (is_trusted(certificate, dossier)) {
        chain.end = ChainEnd::trusted;
        return chain;
    }
    const pki::Certificate* current = &certificate;
    while (!current->is_self_issued()) {
        const auto [issuer, check] = find_issuer(*current, dossier);
        if (issuer == nullptr) {
            chain.namesake = find_namesake(*current, dossier);
            return chain;
        }
        const bool seen = std::find(chain.issuers.begin(), chain.issuers.end(), issuer) != chain.issuers.end();
        if (seen || chain.issuers.size() >= longest_chain) {
            chain.end = ChainEnd::loop;
            return chain;
        }
        // RFC 5280 6.1.4: pathLenConstraint counts the CA certificates between this issuer and the end entity.
        const std::size_t between = chain.issuers.size();
        chain.issuers.push_back(issuer);
        chain.checks.push_back(check);
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

std::string_view name_of(ChainEnd end) noexcept {
    constexpr std::array<std::string_view, 6> names{"trusted",  "issuer-missing", "untrusted-root",
                                                    "not-a-ca", "path-length",    "loop"};
    return names[static_cast<std::size_t>(end)];
}

const Chain& chain_of(const pki::Certificate& certificate, const Dossier& dossier) {
    const auto known = dossier.chains->find(&certificate);
    if (known != dossier.chains->end()) return known->second;
    return dossier.chains->emplace(&certificate, build_chain(certificate, dossier)).first->second;
}

bool is_signed(const Chain& chain) {
    return std::none_of(chain.checks.begin(), chain.checks.end(),
                        [](const pki::SignatureCheck& check) { return check.outcome == pki::Verification::fails; });
}

}  // namespace scca::checks
