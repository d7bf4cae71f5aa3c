// SPDX-License-Identifier: Apache-2.0
//
// Time-stamp tokens (RFC 3161) over a signature value, signed with SM2, and what can be wrong with them.
#pragma once

#include "training_keys.hpp"

#include <string>

namespace seal_maker {

struct TimeStampOrder {
    Bytes value;  ///< what is stamped
    std::string time = "20250301020305Z";
    std::string digest_name = "SM3", digest_oid = "1.2.156.10197.1.401";
    const Holder* authority = nullptr;
    const Holder* forger = nullptr;  ///< signs in the authority's stead
    bool with_certificate = true;
};

[[nodiscard]] Bytes make_time_stamp(const TimeStampOrder& order);

}  // namespace seal_maker
