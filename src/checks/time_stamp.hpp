// SPDX-License-Identifier: Apache-2.0
//
// A time stamp over a signature value, in a seal (GM/T 0031-2025) or in a signature (GB/T 38540): is it over this
// value, did a time-stamping authority sign it, and was that one's certificate good for it then?
#pragma once

#include "rungs.hpp"

namespace scca::checks {

struct Stamped {
    ByteView token;                    ///< as it was found
    ByteView value;                    ///< the signature that it must be over
    std::optional<Moment> not_before;  ///< it cannot be older than this
};

/// Nothing when there is no time stamp.
[[nodiscard]] Judgements judge_time_stamp(const Stamped& stamped, const Dossier& dossier);

}  // namespace scca::checks
