// SPDX-License-Identifier: Apache-2.0
//
// cert.strength: RSA below 2048 bits, MD5 and SHA-1 are too weak (facts: findings of the design).
#include "rungs.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace scca::checks {
namespace {

/// PKCS#1 signature algorithms with a broken digest (RFC 8017 A.2.4, RFC 3279 2.2.1).
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> weak_signatures{{
    {"1.2.840.113549.1.1.2", "MD2"},
    {"1.2.840.113549.1.1.4", "MD5"},
    {"1.2.840.113549.1.1.5", "SHA-1"},
    {"1.2.840.10045.4.1", "SHA-1"},
}};
constexpr std::size_t least_rsa_bits = 2048;

}  // namespace

Judgements check_cert_strength(const Case& certificate, const Dossier&) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    if (one.public_key.type == pki::PublicKeyType::rsa && one.public_key.bits < least_rsa_bits) {
        return {warned(faq::id::cert_weak, {{"rsa_bits", static_cast<std::int64_t>(one.public_key.bits)}})};
    }
    for (const auto& [oid, digest] : weak_signatures) {
        if (one.signature_oid == oid) return {warned(faq::id::cert_weak, {{"digest", std::string(digest)}})};
    }
    return {passed()};
}
}  // namespace scca::checks
