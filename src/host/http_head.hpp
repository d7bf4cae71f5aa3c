// SPDX-License-Identifier: Apache-2.0
//
// What the head of an HTTP answer says of the time. Reads two header fields and nothing else; opens nothing.
#pragma once

#include "scca/core/calendar.hpp"

#include <optional>
#include <string_view>

namespace scca::host {

/// Whether the empty line that ends a head has come (RFC 9112 section 2.1; a lone line feed counts, section 2.2).
[[nodiscard]] bool is_whole_head(std::string_view octets);

/// When the answer was on its way: Date, plus the seconds of Age for one that waited in a cache (RFC 9110
/// section 6.6.1, RFC 9111 section 5.1). Nothing without a Date in the one form that may be sent, "Sun, 06 Nov 1994
/// 08:49:37 GMT".
[[nodiscard]] std::optional<Moment> parse_date_of_head(std::string_view head);

}  // namespace scca::host
