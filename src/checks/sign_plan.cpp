// SPDX-License-Identifier: Apache-2.0
#include "sign_plan.hpp"

#include "given.hpp"
#include "subjects.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

constexpr std::uint32_t few = 2;

/// DigestInfo of SHA-256 up to the digest, RFC 8017 section 9.2, note 1.
constexpr std::array<std::uint8_t, 19> sha256_info{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                   0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

const token::ApplicationSeen* application_of(const Case& key) {
    for (const auto& application : key.token->applications) {
        for (const auto& container : application.containers) {
            if (&container == key.container) return &application;
        }
    }
    return nullptr;
}

/// The counter decides, and flags only where there is none.
std::string_view obstacle_of(const token::ApplicationSeen& application) {
    const token::PinSeen& pin = application.pin;
    if (pin.tries_left) return *pin.tries_left <= few ? "few-tries" : "";
    if (application.route.door == token::ModuleKind::skf) return "tries-unknown";
    if (pin.locked.value_or(false)) return "few-tries";
    return pin.few.value_or(false) ? "wrong-before" : "";
}

token::KeyAlgorithm algorithm_of(const pki::PublicKey& key) {
    switch (key.type) {
        case pki::PublicKeyType::rsa: return token::KeyAlgorithm::rsa;
        case pki::PublicKeyType::sm2: return token::KeyAlgorithm::sm2;
        case pki::PublicKeyType::ec: return token::KeyAlgorithm::ec;
        case pki::PublicKeyType::other: break;
    }
    return token::KeyAlgorithm::unknown;
}

Bytes input_of(const pki::PublicKey& key, ByteView challenge) {
    if (key.type == pki::PublicKeyType::sm2) return pki::sm3_with_z(key, challenge);
    const Bytes digest = pki::sha256(challenge);
    if (key.type != pki::PublicKeyType::rsa) return digest;
    Bytes info(sha256_info.begin(), sha256_info.end());
    info.insert(info.end(), digest.begin(), digest.end());
    return info;
}

}  // namespace

std::string_view signature_oid_of(const pki::PublicKey& key) {
    switch (key.type) {
        case pki::PublicKeyType::rsa: return "1.2.840.113549.1.1.11";
        case pki::PublicKeyType::sm2: return "1.2.156.10197.1.501";
        case pki::PublicKeyType::ec: return "1.2.840.10045.4.3.2";
        case pki::PublicKeyType::other: break;
    }
    return {};
}

const Case* find_signing_certificate(const Case& key, const Dossier& dossier) {
    const auto all = cases_below(dossier, key, SubjectKind::certificate);
    const auto found = std::find_if(all.begin(), all.end(), [](const Case* one) {
        const CertificateCase& seen = *one->certificate;
        return role_of(seen) == token::KeyRole::sign && seen.certificate &&
               !signature_oid_of(seen.certificate->public_key).empty();
    });
    return found == all.end() ? nullptr : *found;
}

SignPlan plan_of(const Dossier& dossier) {
    SignPlan plan;
    bool several = false;
    for (const Case& one : dossier.cases) {
        if (one.kind != SubjectKind::key) continue;
        const Case* const certificate = find_signing_certificate(one, dossier);
        const token::ApplicationSeen* const application = application_of(one);
        if (certificate == nullptr || application == nullptr) continue;
        several = several || (plan.application != nullptr && plan.application != application);
        plan.token = one.token;
        plan.application = application;
        plan.certificates.push_back(certificate);
    }
    if (plan.application == nullptr) {
        plan.obstacle = "no-signing-certificate";
    } else {
        plan.obstacle = several ? "several-keys" : obstacle_of(*plan.application);
    }
    return plan;
}

std::optional<SignWish> find_sign_wish(const token::Snapshot& snapshot, const Options& options, ByteView challenge) {
    Authorities authorities(snapshot.trust);
    const Dossier dossier = open_dossier(snapshot, find_given(snapshot), options, authorities);
    const SignPlan plan = plan_of(dossier);
    if (!plan.obstacle.empty()) return std::nullopt;
    SignWish wish{plan.application->route,
                  plan.application->reference,
                  name_of(*plan.token),
                  plan.application->pin.tries_left,
                  {}};
    for (const Case* one : plan.certificates) {
        const pki::PublicKey& key = one->certificate->certificate->public_key;
        wish.tasks.push_back({one->container->reference, algorithm_of(key), input_of(key, challenge)});
    }
    return wish;
}

}  // namespace scca::checks
