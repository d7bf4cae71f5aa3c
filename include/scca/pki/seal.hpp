// SPDX-License-Identifier: Apache-2.0
//
// An electronic seal (SESeal) as a plain value: GM/T 0031-2014 (V1), V3, GB/T 38540-2020 (V4) and GM/T 0031-2025 (V5),
// told apart by shape, not by the version number. What could be read is there; `defects` says where the rest breaks.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::pki {

enum class SealGeneration : std::uint8_t { v1, v3, v4, v5 };

/// "V4" …
[[nodiscard]] std::string_view name_of(SealGeneration generation) noexcept;

/// An entry of the signer list (GB/T 38540 SES_CertList): a certificate, or a digest of one.
struct SealSigner {
    Bytes certificate;        ///< DER; empty when the entry is a digest
    std::string digest_type;  ///< CertDigestObj.type
    Bytes digest;
    std::string text;  ///< V1 certID: a text in place of both, with which nothing can be compared
};

struct SealPicture {
    std::string type;  ///< as stated: "PNG", "gif", "ofd" …
    Bytes content;
    std::int64_t width_mm = 0, height_mm = 0;
};

struct Seal {
    SealGeneration generation = SealGeneration::v4;
    std::int64_t version = 0;  ///< header.version as stated
    std::string vendor;        ///< header.Vid
    std::string id;            ///< esID
    std::int64_t type = 0;     ///< property.type: 1 unit, 2 personal, others seen
    std::string name;
    std::optional<Moment> created, valid_from, valid_to;
    std::int64_t signer_list_type = 1;  ///< 1 certificates, 2 digests (V4, V5)
    std::vector<SealSigner> signers;
    SealPicture picture;
    Bytes maker_certificate;  ///< DER
    std::string signature_oid;
    Bytes signature;     ///< content of the BIT STRING
    Bytes signed_bytes;  ///< what the signature covers, as received (V1: re-wrapped SEQUENCE of the received parts)
    Bytes time_stamp;    ///< V5 [0]
    Bytes der;           ///< the seal alone, without what followed it
    std::vector<Fault> defects;  ///< kind damaged; the call is the field path, number the offset
};

/// Whether these bytes begin like a seal (SEQUENCE, SEQUENCE, SEQUENCE, IA5String "ES"), so that a key's files can be
/// tried by shape.
[[nodiscard]] bool looks_like_seal(ByteView content) noexcept;

/// Whether it is BJCA's old binary seal or a seal that a text conversion destroyed: parse_seal refuses both by name.
[[nodiscard]] bool resembles_seal(ByteView content) noexcept;

/// Reads one seal. Refuses only what does not look like a seal; the fault's text names what was recognised instead:
/// BJCA's old binary seal, or a seal that a text conversion destroyed.
[[nodiscard]] Result<Seal> parse_seal(ByteView content);

}  // namespace scca::pki
