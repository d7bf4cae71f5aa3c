// SPDX-License-Identifier: Apache-2.0
//
// Which algorithm an identifier names for which key, and the near misses. The arithmetic is OpenSSL's.
#include "scca/pki/verify.hpp"

#include "scca/pki/der.hpp"
#include "signature_encoding.hpp"
#include "verify_keys.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

/// The scheme that a signature identifier asks for; `any`: it names a digest alone and the key decides.
enum class Scheme : std::uint8_t { any, pkcs1, pss, ecdsa, sm2 };

struct Algorithm {
    std::string_view oid;
    Scheme scheme;
    std::string_view digest;  ///< OpenSSL's name; empty when the identifier does not say
};

constexpr std::array algorithms{
    Algorithm{"1.2.156.10197.1.501", Scheme::sm2, "SM3"},
    Algorithm{"1.2.156.10197.501", Scheme::sm2, "SM3"},  // seen, an arc short
    Algorithm{"1.2.156.10197.1.301", Scheme::sm2, "SM3"},
    Algorithm{"1.2.156.10197.1.301.1", Scheme::sm2, "SM3"},
    Algorithm{"1.2.156.10197.1.401", Scheme::any, "SM3"},
    Algorithm{"1.2.156.10197.1.401.1", Scheme::any, "SM3"},
    Algorithm{"1.2.156.10197.1.401.2", Scheme::any, "SM3"},
    Algorithm{"1.2.156.10197.1.504", Scheme::pkcs1, "SM3"},
    Algorithm{"1.2.840.113549.1.1.1", Scheme::pkcs1, ""},
    Algorithm{"1.2.840.113549.1.1.4", Scheme::pkcs1, "MD5"},
    Algorithm{"1.2.840.113549.1.1.5", Scheme::pkcs1, "SHA1"},
    Algorithm{"1.3.14.3.2.29", Scheme::pkcs1, "SHA1"},
    Algorithm{"1.2.840.113549.1.1.14", Scheme::pkcs1, "SHA224"},
    Algorithm{"1.2.840.113549.1.1.11", Scheme::pkcs1, "SHA256"},
    Algorithm{"1.2.840.113549.1.1.12", Scheme::pkcs1, "SHA384"},
    Algorithm{"1.2.840.113549.1.1.13", Scheme::pkcs1, "SHA512"},
    Algorithm{"1.2.840.113549.1.1.10", Scheme::pss, ""},
    Algorithm{"1.3.14.3.2.26", Scheme::any, "SHA1"},
    Algorithm{"2.16.840.1.101.3.4.2.1", Scheme::any, "SHA256"},
    Algorithm{"1.2.840.10045.4.1", Scheme::ecdsa, "SHA1"},
    Algorithm{"1.2.840.10045.4.3.1", Scheme::ecdsa, "SHA224"},
    Algorithm{"1.2.840.10045.4.3.2", Scheme::ecdsa, "SHA256"},
    Algorithm{"1.2.840.10045.4.3.3", Scheme::ecdsa, "SHA384"},
    Algorithm{"1.2.840.10045.4.3.4", Scheme::ecdsa, "SHA512"},
};

/// Tried in turn when the identifier does not say (bare rsaEncryption; PSS, whose parameters are not looked at).
constexpr std::array<std::string_view, 4> usual_digests{"SHA256", "SHA1", "SHA384", "SHA512"};

/// Signer IDs other than the default that software has used; the empty one is what a forgotten ID gives.
constexpr std::array<std::string_view, 2> other_signer_ids{"1234567811111111", ""};

Scheme scheme_of(PublicKeyType type) noexcept {
    switch (type) {
        case PublicKeyType::rsa: return Scheme::pkcs1;
        case PublicKeyType::sm2: return Scheme::sm2;
        case PublicKeyType::ec: return Scheme::ecdsa;
        case PublicKeyType::other: break;
    }
    return Scheme::any;
}

bool fits(Scheme scheme, PublicKeyType type) noexcept {
    return scheme_of(type) == (scheme == Scheme::pss ? Scheme::pkcs1 : scheme);
}

std::string joined(std::string_view first, std::string_view second) {
    std::string text(first);
    if (!first.empty() && !second.empty()) text += '+';
    return text += second;
}

SignatureCheck held(std::string how) {
    const auto outcome = how.empty() ? Verification::holds : Verification::near_miss;
    return {outcome, std::move(how)};
}

SignatureCheck verify_rsa(VerifyKey& key, const Algorithm& algorithm, ByteView message, ByteView signature) {
    const bool pss = algorithm.scheme == Scheme::pss;
    if (!algorithm.digest.empty()) {
        return key.verify_rsa(algorithm.digest, pss, message, signature) ? held("") : SignatureCheck{};
    }
    const bool any = std::any_of(usual_digests.begin(), usual_digests.end(), [&](std::string_view digest) {
        return key.verify_rsa(digest, pss, message, signature);
    });
    return any ? held("") : SignatureCheck{};
}

SignatureCheck verify_sm2(VerifyKey& key, ByteView message, ByteView signature) {
    const auto value = signature_value(signature, 32);
    if (!value) return {};
    if (key.verify_sm2(default_signer_id, message, value->der)) return held(std::string(value->mistake));
    for (const std::string_view id : other_signer_ids) {
        if (key.verify_sm2(id, message, value->der)) {
            return held(joined(value->mistake, std::string("signer-id:").append(id)));
        }
    }
    return {};
}

SignatureCheck verify_ecdsa(VerifyKey& key, std::string_view digest, std::size_t bits, ByteView message,
                            ByteView signature) {
    const auto value = signature_value(signature, (bits + 7) / 8);
    if (!value || !key.verify_ecdsa(digest, message, value->der)) return {};
    return held(std::string(value->mistake));
}

SignatureCheck verify_with(VerifyKey& key, const PublicKey& described, const Algorithm& algorithm, ByteView message,
                           ByteView signature) {
    switch (described.type) {
        case PublicKeyType::rsa: return verify_rsa(key, algorithm, message, signature);
        case PublicKeyType::sm2: return verify_sm2(key, message, signature);
        case PublicKeyType::ec: return verify_ecdsa(key, algorithm.digest, described.bits, message, signature);
        case PublicKeyType::other: break;
    }
    return {Verification::unsupported, {}};
}

}  // namespace

class Verifier::Keys : public VerifyKeys {
public:
    using VerifyKeys::VerifyKeys;
};

Verifier::Verifier(std::size_t remembered) : keys_(std::make_unique<Keys>(remembered)) {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

SignatureCheck Verifier::verify_signature(const PublicKey& key, std::string_view signature_oid, ByteView message,
                                          ByteView signature) {
    const auto* const algorithm = std::find_if(algorithms.begin(), algorithms.end(),
                                               [&](const Algorithm& known) { return known.oid == signature_oid; });
    if (algorithm == algorithms.end()) return {Verification::unsupported, {}};
    VerifyKey* const parsed = keys_->find(key);
    if (parsed == nullptr) return {Verification::unsupported, {}};
    // A signature of another family cannot be this key's, unless only the identifier is wrong.
    if (algorithm->scheme != Scheme::any && !fits(algorithm->scheme, key.type)) {
        const SignatureCheck check =
            verify_with(*parsed, key, {signature_oid, scheme_of(key.type), "SM3"}, message, signature);
        return check.outcome == Verification::fails ? check : held(joined("algorithm-identifier", check.how));
    }
    const SignatureCheck check = verify_with(*parsed, key, *algorithm, message, signature);
    if (check.outcome != Verification::fails) return check;
    // Encoders have signed the DER of what they then wrote as BER; not of long revocation lists, which are not copied.
    constexpr std::size_t most_reencoded = 16U << 20U;
    if (message.size() > most_reencoded) return check;
    const auto reencoded = der::reencode(message);
    if (!reencoded || std::ranges::equal(*reencoded, message)) return check;
    SignatureCheck second = verify_with(*parsed, key, *algorithm, *reencoded, signature);
    if (second.outcome != Verification::fails) {
        return held(second.how.find("der-reencoded") == std::string::npos ? joined("der-reencoded", second.how)
                                                                          : std::move(second.how));
    }
    return check;
}

SignatureCheck Verifier::verify_digest(const PublicKey& key, ByteView digest, ByteView signature) {
    constexpr std::size_t sm3_octets = 32;
    const auto* const parsed = key.type == PublicKeyType::sm2 ? keys_->find(key) : nullptr;
    const auto value = signature_value(signature, sm3_octets);
    if (parsed == nullptr || !value || digest.size() != sm3_octets) return {};
    if (!parsed->verify_sm2_digest(digest, value->der)) return {};
    return held(joined(value->mistake, "digest-direct"));
}

SignatureCheck Verifier::verify_issued(const Certificate& certificate, const Certificate& issuer) {
    return verify_signature(issuer.public_key, certificate.signature_oid, certificate.tbs(), certificate.signature);
}

SignatureCheck Verifier::verify_seal(const Seal& seal, const PublicKey& maker) {
    return verify_signature(maker, seal.signature_oid, seal.signed_bytes, seal.signature);
}

bool fits(const PublicKey& key, std::string_view signature_oid) noexcept {
    const auto* const algorithm = std::find_if(algorithms.begin(), algorithms.end(),
                                               [&](const Algorithm& known) { return known.oid == signature_oid; });
    return algorithm == algorithms.end() || algorithm->scheme == Scheme::any || fits(algorithm->scheme, key.type);
}

SignatureCheck verify_signature(const PublicKey& key, std::string_view signature_oid, ByteView message,
                                ByteView signature) {
    return Verifier(0).verify_signature(key, signature_oid, message, signature);
}

SignatureCheck verify_issued(const Certificate& certificate, const Certificate& issuer) {
    return Verifier(0).verify_issued(certificate, issuer);
}

SignatureCheck verify_seal(const Seal& seal, const PublicKey& maker) { return Verifier(0).verify_seal(seal, maker); }

}  // namespace scca::pki
