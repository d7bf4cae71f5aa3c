// SPDX-License-Identifier: Apache-2.0
//
// Moments and validities in Beijing days, as certificates and seals here have them: they begin at a midnight in
// Beijing and end a second before one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace scca::softkey {

using Moment = std::chrono::sys_seconds;

struct Validity {
    Moment from, to;
};

/// From the first second of the Beijing day `first` days after that of `at` to the last second of the day `last`.
[[nodiscard]] Validity validity_around(Moment at, int first, int last);

/// "YYYY-MM-DD" (noon in Beijing) or "YYYY-MM-DDThh:mm:ssZ".
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// "YYYYMMDDhhmmssZ", the content of a GeneralizedTime.
[[nodiscard]] std::string generalized_time(Moment moment);

}  // namespace scca::softkey
