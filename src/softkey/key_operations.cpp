// SPDX-License-Identifier: Apache-2.0
//
// Signing, verifying and taking keys apart with OpenSSL. SM2 numbers are 32 bytes here; SKF's 64-byte fields are made
// by the callers.
#include "key_operations.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace scca::softkey {

namespace {

using SignaturePtr = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

// GM/T 0003.5: a, b and the base point of the curve sm2p256v1.
constexpr std::array<std::uint8_t, 128> curve_numbers = {
    0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFC, 0x28, 0xE9, 0xFA, 0x9E, 0x9D, 0x9F,
    0x5E, 0x34, 0x4D, 0x5A, 0x9E, 0x4B, 0xCF, 0x65, 0x09, 0xA7, 0xF3, 0x97, 0x89, 0xF5, 0x15, 0xAB, 0x8F, 0x92, 0xDD,
    0xBC, 0xBD, 0x41, 0x4D, 0x94, 0x0E, 0x93, 0x32, 0xC4, 0xAE, 0x2C, 0x1F, 0x19, 0x81, 0x19, 0x5F, 0x99, 0x04, 0x46,
    0x6A, 0x39, 0xC9, 0x94, 0x8F, 0xE3, 0x0B, 0xBF, 0xF2, 0x66, 0x0B, 0xE1, 0x71, 0x5A, 0x45, 0x89, 0x33, 0x4C, 0x74,
    0xC7, 0xBC, 0x37, 0x36, 0xA2, 0xF4, 0xF6, 0x77, 0x9C, 0x59, 0xBD, 0xCE, 0xE3, 0x6B, 0x69, 0x21, 0x53, 0xD0, 0xA9,
    0x87, 0x7C, 0xC6, 0x2A, 0x47, 0x40, 0x02, 0xDF, 0x32, 0xE5, 0x21, 0x39, 0xF0, 0xA0};

BignumPtr number_in(const EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    return EVP_PKEY_get_bn_param(key, name, &number) == 1 ? BignumPtr(number) : nullptr;
}

bool put_padded(const BIGNUM* number, std::array<std::uint8_t, 32>& field) {
    return number != nullptr && BN_bn2binpad(number, field.data(), static_cast<int>(field.size())) > 0;
}

BignumPtr number_of_bytes(std::span<const std::uint8_t> bytes) {
    return BignumPtr(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

KeyPtr public_key_from(const char* type, OSSL_PARAM_BLD* builder) {
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        return nullptr;
    }
    return KeyPtr(key);
}

KeyContextPtr context_of(EVP_PKEY* key) { return KeyContextPtr(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)); }

std::optional<Bytes> sign_raw(EVP_PKEY_CTX* context, std::span<const std::uint8_t> input) {
    std::size_t length = 0;
    if (EVP_PKEY_sign(context, nullptr, &length, input.data(), input.size()) != 1) {
        return std::nullopt;
    }
    Bytes signature(length);
    if (EVP_PKEY_sign(context, signature.data(), &length, input.data(), input.size()) != 1) {
        return std::nullopt;
    }
    signature.resize(length);
    return signature;
}

}  // namespace

bool is_rsa(const EVP_PKEY* key) { return key != nullptr && EVP_PKEY_is_a(key, "RSA") == 1; }

bool is_sm2(const EVP_PKEY* key) { return key != nullptr && EVP_PKEY_is_a(key, "SM2") == 1; }

std::optional<Sm2Point> sm2_point(const EVP_PKEY* key) {
    Sm2Point point{};
    if (!is_sm2(key) || !put_padded(number_in(key, OSSL_PKEY_PARAM_EC_PUB_X).get(), point.x) ||
        !put_padded(number_in(key, OSSL_PKEY_PARAM_EC_PUB_Y).get(), point.y)) {
        return std::nullopt;
    }
    return point;
}

KeyPtr sm2_public_key(const Sm2Point& point) {
    Bytes encoded{0x04};
    encoded.insert(encoded.end(), point.x.begin(), point.x.end());
    encoded.insert(encoded.end(), point.y.begin(), point.y.end());
    const BuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()) != 1) {
        return nullptr;
    }
    return public_key_from("SM2", builder.get());
}

std::optional<Sm2Signature> sm2_sign(EVP_PKEY* key, std::span<const std::uint8_t> e) {
    const auto context = context_of(key);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1) {
        return std::nullopt;
    }
    const auto der = sign_raw(context.get(), e);
    return der ? parse_sm2_signature(*der) : std::nullopt;
}

bool sm2_verify(EVP_PKEY* key, std::span<const std::uint8_t> e, const Sm2Signature& signature) {
    const auto context = context_of(key);
    const auto der = sm2_signature_der(signature);
    return context && EVP_PKEY_verify_init(context.get()) == 1 &&
           EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1;
}

Bytes sm2_signature_der(const Sm2Signature& signature) {
    const SignaturePtr numbers(ECDSA_SIG_new());
    auto r = number_of_bytes(signature.r);
    auto s = number_of_bytes(signature.s);
    if (!numbers || !r || !s || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1) {
        throw std::bad_alloc();
    }
    (void)r.release();
    (void)s.release();
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(numbers.get(), nullptr)));
    auto* end = der.data();
    i2d_ECDSA_SIG(numbers.get(), &end);
    return der;
}

std::optional<Sm2Signature> parse_sm2_signature(std::span<const std::uint8_t> der) {
    const auto* begin = der.data();
    const SignaturePtr numbers(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
    Sm2Signature signature{};
    if (!numbers || !put_padded(ECDSA_SIG_get0_r(numbers.get()), signature.r) ||
        !put_padded(ECDSA_SIG_get0_s(numbers.get()), signature.s)) {
        return std::nullopt;
    }
    return signature;
}

std::optional<Bytes> sm2_identity(const Sm2Point& point, std::span<const std::uint8_t> id) {
    constexpr std::size_t longest_id = 0xFFFF / 8;  // ENTL counts bits in two bytes
    if (id.size() > longest_id) {
        return std::nullopt;
    }
    const auto bits = id.size() * 8;
    Bytes identity{static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits & 0xFF)};
    identity.insert(identity.end(), id.begin(), id.end());
    identity.insert(identity.end(), curve_numbers.begin(), curve_numbers.end());
    identity.insert(identity.end(), point.x.begin(), point.x.end());
    identity.insert(identity.end(), point.y.begin(), point.y.end());
    return identity;
}

std::optional<RsaNumbers> rsa_numbers(const EVP_PKEY* key) {
    const auto bytes_of = [](const BIGNUM* number) {
        Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
        BN_bn2bin(number, bytes.data());
        return bytes;
    };
    const auto modulus = is_rsa(key) ? number_in(key, OSSL_PKEY_PARAM_RSA_N) : nullptr;
    const auto exponent = is_rsa(key) ? number_in(key, OSSL_PKEY_PARAM_RSA_E) : nullptr;
    if (!modulus || !exponent) {
        return std::nullopt;
    }
    return RsaNumbers{bytes_of(modulus.get()), bytes_of(exponent.get())};
}

KeyPtr rsa_public_key(const RsaNumbers& numbers) {
    const auto modulus = number_of_bytes(numbers.modulus);
    const auto exponent = number_of_bytes(numbers.exponent);
    const BuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return nullptr;
    }
    return public_key_from("RSA", builder.get());
}

std::optional<Bytes> rsa_sign(EVP_PKEY* key, std::span<const std::uint8_t> digest_info) {
    const auto context = context_of(key);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
        return std::nullopt;
    }
    return sign_raw(context.get(), digest_info);
}

bool rsa_verify(EVP_PKEY* key, std::span<const std::uint8_t> digest_info, std::span<const std::uint8_t> signature) {
    const auto context = context_of(key);
    return context && EVP_PKEY_verify_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest_info.data(), digest_info.size()) ==
               1;
}

}  // namespace scca::softkey
