// SPDX-License-Identifier: Apache-2.0
//
// What a key computes, in plain bytes and with OpenSSL: coordinates, raw signatures, the Z value. It knows no SKF
// structure, so all four ABIs share it. SM2 works on e, the digest that GM/T 0009 makes from Z and the message.
#pragma once

#include "openssl_handles.hpp"
#include "settings.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace scca::softkey {

/// The signer ID of GM/T 0009 where nothing else was agreed upon.
inline constexpr std::string_view default_signer_id = "1234567812345678";

struct Sm2Point {
    std::array<std::uint8_t, 32> x, y;
};
struct Sm2Signature {
    std::array<std::uint8_t, 32> r, s;
};

[[nodiscard]] bool is_rsa(const EVP_PKEY* key);
[[nodiscard]] bool is_sm2(const EVP_PKEY* key);

/// Nothing when `key` is no SM2 key.
[[nodiscard]] std::optional<Sm2Point> sm2_point(const EVP_PKEY* key);
/// Null when the point is not on the curve.
[[nodiscard]] KeyPtr sm2_public_key(const Sm2Point& point);

/// Signs the 32 bytes of e; nothing when OpenSSL refuses.
[[nodiscard]] std::optional<Sm2Signature> sm2_sign(EVP_PKEY* key, std::span<const std::uint8_t> e);
[[nodiscard]] bool sm2_verify(EVP_PKEY* key, std::span<const std::uint8_t> e, const Sm2Signature& signature);

/// r and s as SEQUENCE of two INTEGERs.
[[nodiscard]] Bytes sm2_signature_der(const Sm2Signature& signature);
[[nodiscard]] std::optional<Sm2Signature> parse_sm2_signature(std::span<const std::uint8_t> der);

/// ENTL || ID || a || b || G || P, what is hashed to Z (GM/T 0009 8.1); nothing for an ID above 8191 bytes.
[[nodiscard]] std::optional<Bytes> sm2_identity(const Sm2Point& point, std::span<const std::uint8_t> id);

struct RsaNumbers {
    Bytes modulus, exponent;  // big-endian, without leading zeros
};
[[nodiscard]] std::optional<RsaNumbers> rsa_numbers(const EVP_PKEY* key);
[[nodiscard]] KeyPtr rsa_public_key(const RsaNumbers& numbers);

/// PKCS#1 v1.5 with type 1 padding over a DigestInfo that the caller has made.
[[nodiscard]] std::optional<Bytes> rsa_sign(EVP_PKEY* key, std::span<const std::uint8_t> digest_info);
[[nodiscard]] bool rsa_verify(EVP_PKEY* key, std::span<const std::uint8_t> digest_info,
                              std::span<const std::uint8_t> signature);

}  // namespace scca::softkey
