// SPDX-License-Identifier: Apache-2.0
//
// What an OFD keeps in SignedValue.dat, whichever kind it is: a seal signature (SES_Signature), GB/T 35275 or PKCS #7
// SignedData, or a bare SM2 signature. One shape for all, so that judging need not ask which. Verifies nothing.
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

enum class SignedValueKind : std::uint8_t { seal_signature, signed_data, bare };

/// "seal-signature" …
[[nodiscard]] std::string_view name_of(SignedValueKind kind) noexcept;

/// Where the time of signing was found.
enum class TimeSource : std::uint8_t { none, time_info, time_info_text, time_stamp, attribute };

/// "timeInfo" …; empty when there is none.
[[nodiscard]] std::string_view name_of(TimeSource source) noexcept;

struct SignedValue {
    SignedValueKind kind = SignedValueKind::bare;
    Bytes seal;                ///< SESeal as it stands there; empty when there is none
    Bytes signer_certificate;  ///< DER; empty when there is none
    std::string signature_oid;
    Bytes signature;
    std::optional<Bytes> covered;  ///< what was signed; nothing when that is the original itself
    Bytes original_digest;         ///< of the original (Signature.xml) as it was recorded; empty when it was not
    std::string digest_oid;        ///< of original_digest
    std::optional<Moment> signed_at;
    TimeSource time_source = TimeSource::none;
    Bytes time_stamp;            ///< token over the signature value (V4, V5)
    std::vector<Fault> defects;  ///< kind damaged; the call is the field path, number the offset
};

/// Refuses what is none of the three kinds.
[[nodiscard]] Result<SignedValue> parse_signed_value(ByteView content);

}  // namespace scca::pki
