// SPDX-License-Identifier: Apache-2.0
#include "verify_keys.hpp"

#include "scca/pki/verify.hpp"
#include "sm2_curve.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <string>

namespace scca::pki {
namespace {

/// A batch meets few issuers; a hostile one must not fill the memory.
constexpr std::size_t max_keys = 256;

constexpr int sm2_octets = 32;  ///< of a coordinate

/// SubjectPublicKeyInfo of an SM2 point as the standard has it, whatever the certificate's looks like: id-ecPublicKey
/// with the curve 1.2.156.10197.1.301. The point is without its leading 04 when it is not compressed.
Bytes sm2_spki(ByteView point) {
    constexpr std::array<std::uint8_t, 21> algorithm{0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
                                                     0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};
    const bool uncompressed = point.size() % 2 == 0;
    const std::size_t bits = 1 + (uncompressed ? 1 : 0) + point.size();
    Bytes spki{0x30, static_cast<std::uint8_t>(algorithm.size() + 2 + bits)};
    spki.insert(spki.end(), algorithm.begin(), algorithm.end());
    spki.insert(spki.end(), {0x03, static_cast<std::uint8_t>(bits), 0x00});
    if (uncompressed) spki.push_back(0x04);
    spki.insert(spki.end(), point.begin(), point.end());
    return spki;
}

PkeyPtr key_of(ByteView spki) {
    const unsigned char* position = spki.data();
    return PkeyPtr(d2i_PUBKEY(nullptr, &position, static_cast<long>(spki.size())));
}

PkeyPtr parse_key(const PublicKey& key) {
    const QuietErrors quiet;
    if (key.type == PublicKeyType::other) return nullptr;
    if (key.type != PublicKeyType::sm2) return key_of(key.spki);
    const std::size_t size = key.content().size();
    return size == 64 || size == 33 ? key_of(sm2_spki(key.content())) : nullptr;
}

/// Fetched once: looking an algorithm up takes longer than digesting a certificate.
const EVP_MD* sha256_method() {
    static const MethodPtr method(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return method.get();
}

const EVP_MD* sm3_method() {
    static const MethodPtr method(EVP_MD_fetch(nullptr, "SM3", nullptr));
    return method.get();
}

/// One context for each thread, used again and again: making one takes as long as digesting a short text.
Bytes digest_of(const EVP_MD* digest, ByteView content) {
    thread_local const DigestContextPtr context(EVP_MD_CTX_new());
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> value;
    unsigned int length = 0;
    if (!context || EVP_DigestInit_ex2(context.get(), digest, nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), content.data(), content.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), value.data(), &length) != 1) {
        return {};
    }
    return Bytes(value.begin(), value.begin() + length);
}

void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

/// GM/T 0003.2 5.5: Z = H(ENTL || ID || a || b || xG || yG || xA || yA), ENTL the length of ID in bits. Empty when the
/// point is not X and Y.
Bytes sm2_z(ByteView point, std::string_view signer_id) {
    if (point.size() != 2 * sm2_octets || signer_id.size() > 0x1FFF) return {};
    const std::size_t id_bits = signer_id.size() * 8;
    Bytes input{static_cast<std::uint8_t>(id_bits >> 8U), static_cast<std::uint8_t>(id_bits & 0xFFU)};
    append(input, as_bytes(signer_id));
    for (const sm2::Word* word : {&sm2::a, &sm2::b, &sm2::base_x, &sm2::base_y}) append(input, *word);
    append(input, point);
    return digest_of(sm3_method(), input);
}

}  // namespace

VerifyKey::Prepared* VerifyKey::prepare(std::string_view digest, bool pss) {
    const auto known = std::find_if(prepared_.begin(), prepared_.end(),
                                    [&](const Prepared& one) { return one.digest == digest && one.pss == pss; });
    if (known != prepared_.end()) return known->verifying ? &*known : nullptr;
    Prepared& made = prepared_.emplace_back();
    made.digest = digest;
    made.pss = pss;
    made.method.reset(EVP_MD_fetch(nullptr, made.digest.c_str(), nullptr));
    made.digesting.reset(EVP_MD_CTX_new());
    PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    if (!made.method || !made.digesting || !context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
    if (pss && (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
                EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_AUTO) != 1)) {
        return nullptr;
    }
    if (EVP_PKEY_CTX_set_signature_md(context.get(), made.method.get()) != 1) return nullptr;
    made.verifying = std::move(context);
    return &made;
}

bool VerifyKey::verify(Prepared* prepared, ByteView before, ByteView message, ByteView signature) const {
    if (prepared == nullptr) return false;
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest;
    unsigned int length = 0;
    EVP_MD_CTX* const digesting = prepared->digesting.get();
    if (EVP_DigestInit_ex2(digesting, prepared->method.get(), nullptr) != 1 ||
        EVP_DigestUpdate(digesting, before.data(), before.size()) != 1 ||
        EVP_DigestUpdate(digesting, message.data(), message.size()) != 1 ||
        EVP_DigestFinal_ex(digesting, digest.data(), &length) != 1) {
        return false;
    }
    const auto way = static_cast<std::uint64_t>(prepared - prepared_.data());
    return remembered_->recall_or({number_ << 8U | way, ByteView(digest).first(length), signature}, [&] {
        return EVP_PKEY_verify(prepared->verifying.get(), signature.data(), signature.size(), digest.data(), length) ==
               1;
    });
}

bool VerifyKey::verify_rsa(std::string_view digest, bool pss, ByteView message, ByteView signature) {
    if (digest == "SM3" && !pss) return verify_rsa_sm3(message, signature);
    const QuietErrors quiet;
    return verify(prepare(digest, pss), {}, message, signature);
}

bool VerifyKey::verify_ecdsa(std::string_view digest, ByteView message, ByteView signature) {
    const QuietErrors quiet;
    return verify(prepare(digest, false), {}, message, signature);
}

Bytes VerifyKey::point() const {
    Bytes point(2 * sm2_octets);
    std::size_t at = 0;
    for (const char* name : {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y}) {
        BIGNUM* number = nullptr;
        const bool there = EVP_PKEY_get_bn_param(key_.get(), name, &number) == 1;
        const std::unique_ptr<BIGNUM, FreeWith<BN_free>> owner(number);
        if (!there || BN_bn2binpad(number, point.data() + at, sm2_octets) != sm2_octets) return {};
        at += sm2_octets;
    }
    return point;
}

bool VerifyKey::verify_sm2(std::string_view signer_id, ByteView message, ByteView signature) {
    const QuietErrors quiet;
    auto z = z_.find(signer_id);
    if (z == z_.end()) z = z_.emplace(signer_id, sm2_z(point(), signer_id)).first;
    return !z->second.empty() && verify(prepare("SM3", false), z->second, message, signature);
}

bool VerifyKey::verify_sm2_digest(ByteView digest, ByteView signature) const {
    const QuietErrors quiet;
    const PkeyContextPtr context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1) return false;
    return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
}

bool VerifyKey::verify_rsa_sm3(ByteView message, ByteView signature) const {
    // DigestInfo (RFC 8017 9.2) with the algorithm 1.2.156.10197.1.401 and NULL.
    Bytes expected{0x30, 0x30, 0x30, 0x0C, 0x06, 0x08, 0x2A, 0x81, 0x1C,
                   0xCF, 0x55, 0x01, 0x83, 0x11, 0x05, 0x00, 0x04, 0x20};
    append(expected, sm3(message));
    const QuietErrors quiet;
    const PkeyContextPtr context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
        return false;
    }
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    Bytes recovered(length);
    if (EVP_PKEY_verify_recover(context.get(), recovered.data(), &length, signature.data(), signature.size()) != 1) {
        return false;
    }
    recovered.resize(length);
    return recovered == expected;
}

VerifyKey* VerifyKeys::find(const PublicKey& key) {
    // An SM2 key is made of its point alone.
    const std::string_view description = as_text(key.type == PublicKeyType::sm2 ? key.content() : ByteView(key.spki));
    auto known = keys_.find(description);
    if (known == keys_.end()) {
        if (keys_.size() >= max_keys) keys_.clear();
        known = keys_.emplace(description, std::nullopt).first;
        if (auto parsed = parse_key(key)) known->second.emplace(std::move(parsed), ++made_, remembered_);
    }
    return known->second ? &*known->second : nullptr;
}

Bytes sha256(ByteView content) { return digest_of(sha256_method(), content); }

Bytes sm3(ByteView content) { return digest_of(sm3_method(), content); }

Bytes sm3_with_z(const PublicKey& key, ByteView content, std::string_view signer_id) {
    if (key.type != PublicKeyType::sm2) return {};
    Bytes whole = sm2_z(key.content(), signer_id);
    if (whole.empty()) return {};
    append(whole, content);
    return sm3(whole);
}

}  // namespace scca::pki
