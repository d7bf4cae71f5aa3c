// SPDX-License-Identifier: Apache-2.0
//
// What a seal leaves on a document (SES_Signature) as a plain value: GM/T 0031-2014 (V1), V3, GB/T 38540-2020 (V4) and
// GM/T 0031-2025 (V5), told apart by shape. What could be read is there; `defects` says where the rest breaks. Verifies
// nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::pki {

struct SesSignature {
    bool signer_is_signed = false;  ///< V1 and V3: the signer's certificate stands inside what is signed
    std::int64_t version = 0;       ///< as stated
    Bytes seal;                     ///< SESeal as it stands there
    std::optional<Moment> signed_at;
    bool time_is_text = false;   ///< V1: characters in the BIT STRING where a time or a time-stamp token belongs
    bool time_is_stamp = false;  ///< V1: from a time-stamp token (RFC 3161)
    Bytes data_hash;
    std::string property;      ///< propertyInfo: usually the path of Signature.xml
    Bytes signer_certificate;  ///< DER
    std::string signature_oid;
    Bytes signature;             ///< content of the BIT STRING
    Bytes signed_bytes;          ///< TBS_Sign as received
    Bytes time_stamp;            ///< V4, V5 [0]: token over the signature value
    std::vector<Fault> defects;  ///< kind damaged; the call is the field path, number the offset
};

/// Whether these bytes begin like a seal signature (SEQUENCE, SEQUENCE, INTEGER, seal).
[[nodiscard]] bool looks_like_ses_signature(ByteView content) noexcept;

/// Reads one seal signature; what follows it is ignored. Refuses only what does not look like one.
[[nodiscard]] Result<SesSignature> parse_ses_signature(ByteView content);

}  // namespace scca::pki
