// SPDX-License-Identifier: Apache-2.0
//
// SignatureDateTime of Signature.xml: a text in UTC or Beijing time that does not say which; even a Z is not to be
// trusted.
#pragma once

#include "scca/core/calendar.hpp"

#include <string_view>
#include <vector>

namespace scca::checks {

/// The moments that "YYYY-MM-DD hh:mm:ss", "YYYYMMDDhhmmssZ", "…ss.mmmZ" or "YYYYMMDDhhmmss" may mean: read as UTC,
/// then as Beijing time. Empty when it is no time.
[[nodiscard]] std::vector<Moment> moments_of(std::string_view text);

}  // namespace scca::checks
