// SPDX-License-Identifier: Apache-2.0
//
// The digests that documents name, by OpenSSL: broken ones too, because a document may have been sealed with them. SM3
// with Z, which needs the signer's key, is sm3_with_z in verify.hpp.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace scca::pki {

enum class DigestMethod : std::uint8_t { md5, sha1, sha256, sha384, sha512, sm3 };

/// By name in any spelling ("SM3", "sha-1", "SHA256") or identifier; the SM3 identifiers "with" and "without key"
/// (1.2.156.10197.1.401.1 and .2) count as SM3. Nothing when it names no digest known here.
[[nodiscard]] std::optional<DigestMethod> find_digest_method(std::string_view name) noexcept;
/// "SM3", "SHA-256" …
[[nodiscard]] std::string_view name_of(DigestMethod method) noexcept;
/// The method whose digests have this length when nobody said which it is; 32 octets are SM3 here.
[[nodiscard]] std::optional<DigestMethod> guess_digest_method(std::size_t octets) noexcept;

/// Empty when OpenSSL refuses the method (MD5 in a locked-down build).
[[nodiscard]] Bytes digest(DigestMethod method, ByteView content);

}  // namespace scca::pki
