// SPDX-License-Identifier: Apache-2.0
//
// Signatures and digests, by OpenSSL. SM2 signatures are checked with the signer ID of GM/T 0009 section 10,
// "1234567812345678"; without it every valid one reads as forged. Near misses (another ID, another encoding of r and s)
// are tried and told apart from failure. Holds no key and signs nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/pki/certificate.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace scca::pki {

inline constexpr std::string_view default_signer_id = "1234567812345678";

enum class Verification : std::uint8_t {
    holds,      ///< as it stands, SM2 with the default signer ID
    near_miss,  ///< holds only when something is put right: `how` says what
    fails,
    unsupported,  ///< algorithm or key that OpenSSL cannot judge: unknown, never a failure
};

struct SignatureCheck {
    Verification outcome = Verification::fails;
    std::string
        how;  ///< of a near miss: "signer-id:…", "raw-rs", "negative-integer", "non-minimal-integer", "der-reencoded"
};

/// Whether `signature` over `message` is by the owner of `key`. `signature_oid` names algorithm and digest.
[[nodiscard]] SignatureCheck verify_signature(const PublicKey& key, std::string_view signature_oid, ByteView message,
                                              ByteView signature);

/// Whether `issuer`'s key signed `certificate`.
[[nodiscard]] SignatureCheck verify_issued(const Certificate& certificate, const Certificate& issuer);

[[nodiscard]] Bytes sha256(ByteView content);
[[nodiscard]] Bytes sm3(ByteView content);

}  // namespace scca::pki
