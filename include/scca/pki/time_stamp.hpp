// SPDX-License-Identifier: Apache-2.0
//
// Time-stamp tokens (RFC 3161 2.4.2; the SM2 ones of GM/T 0033 have the same shape): a third party's word that a digest
// was there at a time. What could be read is there; `defects` says where the rest breaks. Verifies nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"
#include "scca/pki/signed_data.hpp"

#include <optional>
#include <string>
#include <vector>

namespace scca::pki {

struct TimeStamp {
    SignedData signed_data;      ///< whose content is the TSTInfo
    std::string digest_oid;      ///< messageImprint.hashAlgorithm
    Bytes imprint;               ///< messageImprint.hashedMessage
    std::optional<Moment> time;  ///< genTime
    std::vector<Fault> defects;  ///< of both; kind damaged
};

/// A TimeStampToken, or a TimeStampResp that holds one. Refuses what is neither.
[[nodiscard]] Result<TimeStamp> parse_time_stamp(ByteView token);

/// genTime of a token; nothing when this is none.
[[nodiscard]] std::optional<Moment> find_stamped_time(ByteView token);

}  // namespace scca::pki
