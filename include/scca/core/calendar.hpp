// SPDX-License-Identifier: Apache-2.0
//
// Moments and how people write them. A moment is UTC inside; a bidder reads Beijing time (UTC+8, no summer time)
// and counts days in Beijing calendar days. Knows no time-zone database and reads no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca {

/// UTC, whole seconds; from year 0 to 9999.
using Moment = std::chrono::sys_seconds;

/// Reads RFC 3339, or `YYYY-MM-DD[ HH:MM[:SS]]` in Beijing time; a date alone means the end of that day there
/// (23:59:59). Nothing when it is neither or no such day exists.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// The moment of these UTC fields; nothing when they name no moment (month 13, 30 February, hour 24 …).
[[nodiscard]] std::optional<Moment> moment_of(int year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                                              unsigned second);

/// "2026-11-22T03:04:05Z"
[[nodiscard]] std::string utc_text(Moment moment);
/// "2026-11-22 11:04:05" in Beijing time
[[nodiscard]] std::string beijing_text(Moment moment);
/// "2026-11-22", the Beijing calendar day
[[nodiscard]] std::string beijing_date(Moment moment);
/// "11:04", the hour and minute in Beijing
[[nodiscard]] std::string beijing_hour(Moment moment);

/// The last day of 9999: how a certificate says that it has no end (RFC 5280 4.1.2.5).
[[nodiscard]] bool is_endless(Moment end);

/// Beijing calendar days from `from` to `to`: 0 the same day, 1 tomorrow, negative in the past.
[[nodiscard]] std::int64_t beijing_days(Moment from, Moment to);

}  // namespace scca
