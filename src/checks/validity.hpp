// SPDX-License-Identifier: Apache-2.0
//
// A span of validity held against the moment that is judged; certificates and seals are judged alike.
#pragma once

#include "rungs.hpp"

namespace scca::checks {

struct ValiditySpan {
    std::optional<Moment> from, to;
};

/// The problems that a span can lead to.
struct ValidityProblems {
    faq::Id not_yet_valid, expired, expiring;
};

/// Evidence: not_before, not_after and days_left, days_past or days_until. Nothing when the span has no end that could
/// be read: that it is missing was told by the rung below.
[[nodiscard]] Judgements check_validity(const ValiditySpan& span, const ValidityProblems& problems,
                                        const Options& options);

}  // namespace scca::checks
