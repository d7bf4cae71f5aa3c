// SPDX-License-Identifier: Apache-2.0
//
// Calendar arithmetic with std::chrono; China has had no summer time since 1991, so Beijing is UTC+8.
#include "dates.hpp"

#include <array>
#include <charconv>

namespace scca::softkey {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr hours beijing_offset{8};

/// `value` in decimal with leading zeros.
std::string padded(int value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t length) {
    int number = 0;
    const auto* const end = text.data() + from + length;
    const auto read = std::from_chars(text.data() + from, end, number);
    return read.ec == std::errc() && read.ptr == end && number >= 0 ? std::optional(number) : std::nullopt;
}

/// Whether `text` has the shape of `pattern`, where '0' stands for any digit.
bool has_shape(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

}  // namespace

Validity validity_around(Moment at, int first, int last) {
    const auto today = std::chrono::floor<days>(at + beijing_offset);
    return {.from = Moment(today + days(first)) - beijing_offset,
            .to = Moment(today + days(last + 1)) - beijing_offset - seconds(1)};
}

std::optional<Moment> parse_moment(std::string_view text) {
    const bool day_alone = has_shape(text, "0000-00-00");
    if (!day_alone && !has_shape(text, "0000-00-00T00:00:00Z")) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*number_at(text, 0, 4)),
                                           std::chrono::month(static_cast<unsigned>(*number_at(text, 5, 2))),
                                           std::chrono::day(static_cast<unsigned>(*number_at(text, 8, 2)))};
    if (!date.ok()) {
        return std::nullopt;
    }
    const Moment midnight = std::chrono::sys_days(date);
    if (day_alone) {
        return midnight + hours(12) - beijing_offset;
    }
    const int hour = *number_at(text, 11, 2);
    const int minute = *number_at(text, 14, 2);
    const int second = *number_at(text, 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return midnight + hours(hour) + minutes(minute) + seconds(second);
}

std::string generalized_time(Moment moment) {
    const auto day = std::chrono::floor<days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    return padded(static_cast<int>(date.year()), 4) + padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2) +
           padded(static_cast<int>(time.hours().count()), 2) + padded(static_cast<int>(time.minutes().count()), 2) +
           padded(static_cast<int>(time.seconds().count()), 2) + "Z";
}

}  // namespace scca::softkey
