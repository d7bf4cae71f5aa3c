// SPDX-License-Identifier: Apache-2.0
//
// Signatures and digests, by OpenSSL. SM2 signatures are checked with the signer ID of GM/T 0009 section 10,
// "1234567812345678"; without it every valid one reads as forged. Near misses (another ID, another encoding of r and s)
// are tried and told apart from failure. Holds no key and signs nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/seal.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace scca::pki {

inline constexpr std::string_view default_signer_id = "1234567812345678";

enum class Verification : std::uint8_t {
    holds,      ///< as it stands, SM2 with the default signer ID
    near_miss,  ///< valid, but only when something is put right: `how` says what; the signer's software is at fault
    fails,
    unsupported,  ///< algorithm or key that OpenSSL cannot judge: unknown, never a failure
};

struct SignatureCheck {
    Verification outcome = Verification::fails;
    /// Of a near miss: what was put right, joined by '+': "raw-rs", "negative-integer", "non-minimal-integer" (the
    /// encoding of r and s), "der-reencoded" (the signed bytes, or the signature's lengths), "signer-id:…" (SM2).
    std::string how;
};

/// Verifies, and keeps the keys that it has parsed and what it has found out: a batch holds one per thread. Not for two
/// threads at once.
class Verifier {
public:
    /// How many of the last distinct signatures it keeps in mind unless told otherwise; they take 20 MB.
    static constexpr std::size_t most_remembered = 65'536;
    explicit Verifier(std::size_t remembered = most_remembered);
    ~Verifier();
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;

    /// Whether `signature` over `message` is by the owner of `key`. `signature_oid` names algorithm and digest.
    [[nodiscard]] SignatureCheck verify_signature(const PublicKey& key, std::string_view signature_oid,
                                                  ByteView message, ByteView signature);
    /// Whether `signature` is SM2's over this digest as it stands, without Z: a near miss at best, for the standard has
    /// SM3(Z || message) signed (GM/T 0009 section 8.1).
    [[nodiscard]] SignatureCheck verify_digest(const PublicKey& key, ByteView digest, ByteView signature);
    /// Whether `issuer`'s key signed `certificate`.
    [[nodiscard]] SignatureCheck verify_issued(const Certificate& certificate, const Certificate& issuer);
    /// Whether `maker`'s key signed `seal`.
    [[nodiscard]] SignatureCheck verify_seal(const Seal& seal, const PublicKey& maker);

private:
    class Keys;
    std::unique_ptr<Keys> keys_;
};

/// Whether a signature so named can be by such a key; also when nothing is known of the name.
[[nodiscard]] bool fits(const PublicKey& key, std::string_view signature_oid) noexcept;

/// The same for one signature alone.
[[nodiscard]] SignatureCheck verify_signature(const PublicKey& key, std::string_view signature_oid, ByteView message,
                                              ByteView signature);
[[nodiscard]] SignatureCheck verify_issued(const Certificate& certificate, const Certificate& issuer);
[[nodiscard]] SignatureCheck verify_seal(const Seal& seal, const PublicKey& maker);

[[nodiscard]] Bytes sha256(ByteView content);
[[nodiscard]] Bytes sm3(ByteView content);
/// SM3(Z || content), the digest that an SM2 signature is made over (GM/T 0009 section 8.1); some vendors put it where
/// the plain digest belongs. Empty when `key` is no SM2 key.
[[nodiscard]] Bytes sm3_with_z(const PublicKey& key, ByteView content, std::string_view signer_id = default_signer_id);

}  // namespace scca::pki
