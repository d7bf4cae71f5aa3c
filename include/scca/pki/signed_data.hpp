// SPDX-License-Identifier: Apache-2.0
//
// SignedData of GB/T 35275 and of PKCS #7 (RFC 2315, RFC 5652) as far as a signature in a document needs it: the first
// signer, what was signed, and the signer's certificate. What could be read is there; `defects` says where the rest
// breaks. Verifies nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace scca::pki {

struct SignedData {
    std::optional<Bytes> content;     ///< nothing when the signature is detached
    std::vector<Bytes> certificates;  ///< DER
    Bytes signer_certificate;         ///< DER: the one that the signer names, or the only one; empty when there is none
    std::string digest_oid, signature_oid;
    Bytes attributes;      ///< authenticatedAttributes as they are signed: a SET (RFC 5652 5.4); empty when absent
    Bytes message_digest;  ///< attribute messageDigest
    std::optional<Moment> signing_time;  ///< attribute signingTime
    Bytes signature;
    std::vector<Fault> defects;  ///< kind damaged; the call is the field path, number the offset
};

/// Whether these bytes begin like SignedData (SEQUENCE, OBJECT IDENTIFIER of it).
[[nodiscard]] bool looks_like_signed_data(ByteView content) noexcept;

/// Refuses only what does not look like SignedData.
[[nodiscard]] Result<SignedData> parse_signed_data(ByteView content);

}  // namespace scca::pki
