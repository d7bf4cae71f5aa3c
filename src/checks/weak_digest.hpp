// SPDX-License-Identifier: Apache-2.0
//
// Signature algorithms with a broken digest (facts: findings of the design). Says nothing of keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace scca::checks {

enum class DigestStrength : std::uint8_t { sound, weak, weakest };

struct WeakDigest {
    std::string_view signature_oid, name;
    DigestStrength strength;
};

/// RFC 8017 A.2.4, RFC 3279 2.2.1; the last is the OIW's own number.
inline constexpr std::array<WeakDigest, 5> weak_digests{{
    {"1.2.840.113549.1.1.2", "MD2", DigestStrength::weakest},
    {"1.2.840.113549.1.1.4", "MD5", DigestStrength::weakest},
    {"1.2.840.113549.1.1.5", "SHA-1", DigestStrength::weak},
    {"1.2.840.10045.4.1", "SHA-1", DigestStrength::weak},
    {"1.3.14.3.2.29", "SHA-1", DigestStrength::weak},
}};

[[nodiscard]] constexpr DigestStrength digest_strength(std::string_view signature_oid) noexcept {
    for (const WeakDigest& one : weak_digests) {
        if (one.signature_oid == signature_oid) return one.strength;
    }
    return DigestStrength::sound;
}

}  // namespace scca::checks
