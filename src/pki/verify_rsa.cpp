// SPDX-License-Identifier: Apache-2.0
#include "verify_rsa.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <array>
#include <bit>

namespace scca::pki {
namespace {

constexpr int largest_modulus = 16384;  ///< bits; OpenSSL takes no larger one either

struct Method {
    std::string_view name;
    std::string_view oid;  ///< its content octets
};

constexpr std::array methods{
    Method{"MD5", "\x2A\x86\x48\x86\xF7\x0D\x02\x05"},        Method{"SHA1", "\x2B\x0E\x03\x02\x1A"},
    Method{"SHA224", "\x60\x86\x48\x01\x65\x03\x04\x02\x04"}, Method{"SHA256", "\x60\x86\x48\x01\x65\x03\x04\x02\x01"},
    Method{"SHA384", "\x60\x86\x48\x01\x65\x03\x04\x02\x02"}, Method{"SHA512", "\x60\x86\x48\x01\x65\x03\x04\x02\x03"},
    Method{"SM3", "\x2A\x81\x1C\xCF\x55\x01\x83\x11"},
};

/// RFC 8017 9.2: 00 01 FF … FF 00 and DigestInfo, {{OID, NULL}, digest}, in all octets of `encoded`; not when there is
/// too little room.
bool encode(std::string_view name, ByteView digest, Bytes& encoded) {
    const auto* const method =
        std::find_if(methods.begin(), methods.end(), [&](const Method& known) { return known.name == name; });
    if (method == methods.end()) return false;
    const auto octet = [](std::size_t value) { return static_cast<std::uint8_t>(value); };
    const std::size_t oid = method->oid.size();
    const std::array start{octet(0x30), octet(oid + digest.size() + 8), octet(0x30), octet(oid + 4), octet(0x06),
                           octet(oid)};
    const std::array middle{octet(0x05), octet(0x00), octet(0x04), octet(digest.size())};
    const std::size_t info = start.size() + oid + middle.size() + digest.size();
    if (encoded.size() < info + 11) return false;
    auto at = encoded.begin();
    *at++ = 0x00;
    *at++ = 0x01;
    at = std::fill_n(at, encoded.size() - info - 3, std::uint8_t{0xFF});
    *at++ = 0x00;
    at = std::copy(start.begin(), start.end(), at);
    at = std::copy(method->oid.begin(), method->oid.end(), at);
    at = std::copy(middle.begin(), middle.end(), at);
    std::copy(digest.begin(), digest.end(), at);
    return true;
}

}  // namespace

std::optional<RsaKey> RsaKey::of(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") != 1) return std::nullopt;
    BIGNUM* modulus = nullptr;
    BIGNUM* exponent = nullptr;
    const bool there = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1 &&
                       EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1;
    RsaKey made;
    made.modulus_.reset(modulus);
    const Number owner(exponent);
    if (!there || BN_num_bits(modulus) > largest_modulus || BN_num_bits(exponent) > 64) return std::nullopt;
    made.exponent_ = BN_get_word(exponent);
    // RFC 8017 3.1: an odd exponent, at least 3. An even modulus is none (OpenSSL refuses it).
    if (made.exponent_ < 3 || made.exponent_ % 2 == 0) return std::nullopt;
    if (!made.signature_ || !made.base_ || !made.power_ || !made.montgomery_ || !made.room_ ||
        BN_MONT_CTX_set(made.montgomery_.get(), modulus, made.room_.get()) != 1) {
        return std::nullopt;
    }
    made.expected_.resize(static_cast<std::size_t>(BN_num_bytes(modulus)));
    made.opened_.resize(made.expected_.size());
    return made;
}

bool RsaKey::raise() {
    const auto multiply = [&](const BIGNUM* by) {
        return BN_mod_mul_montgomery(power_.get(), power_.get(), by, montgomery_.get(), room_.get()) == 1;
    };
    if (BN_to_montgomery(base_.get(), signature_.get(), montgomery_.get(), room_.get()) != 1 ||
        BN_copy(power_.get(), base_.get()) == nullptr) {
        return false;
    }
    for (std::uint64_t bit = std::bit_floor(exponent_) >> 1U; bit > 1; bit >>= 1U) {
        if (!multiply(power_.get()) || ((exponent_ & bit) != 0 && !multiply(base_.get()))) return false;
    }
    // The last bit is set; multiplying by the number itself also leads back out of Montgomery's form.
    return multiply(power_.get()) && multiply(signature_.get());
}

bool RsaKey::verify(std::string_view method, ByteView digest, ByteView signature) {
    return signature.size() == opened_.size() && encode(method, digest, expected_) &&
           BN_bin2bn(signature.data(), static_cast<int>(signature.size()), signature_.get()) != nullptr &&
           BN_ucmp(signature_.get(), modulus_.get()) < 0 && raise() &&
           BN_bn2binpad(power_.get(), opened_.data(), static_cast<int>(opened_.size())) >= 0 && opened_ == expected_;
}

}  // namespace scca::pki
