// SPDX-License-Identifier: Apache-2.0
#include "http_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace scca::host {
namespace {

/// A year, which is as long as caches are told to keep anything; sums stay in bounds.
constexpr std::uint32_t most_age = 366U * 86400U;

template <class T>
std::optional<T> parse_number(std::string_view text) {
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

/// The value of the first field of this name, which is in lower case; empty when there is none.
std::string_view find_field(std::string_view head, std::string_view name) {
    while (!head.empty()) {
        const std::size_t end = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        const std::size_t colon = line.find(':');
        if (colon != name.size()) continue;
        if (std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) { return a == lower(b); })) {
            return trimmed(line.substr(colon + 1));
        }
    }
    return {};
}

/// IMF-fixdate of RFC 9110 section 5.6.7. The name of the day adds nothing.
std::optional<Moment> parse_fixdate(std::string_view text) {
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != form.size() || !text.ends_with(" GMT")) return std::nullopt;
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::size_t month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    const auto day = parse_number<unsigned>(text.substr(5, 2));
    const auto year = parse_number<unsigned>(text.substr(12, 4));
    const auto hour = parse_number<unsigned>(text.substr(17, 2));
    const auto minute = parse_number<unsigned>(text.substr(20, 2));
    const auto second = parse_number<unsigned>(text.substr(23, 2));
    if (!day || !year || !hour || !minute || !second) return std::nullopt;
    // A leap second is no moment of ours.
    return moment_of(static_cast<int>(*year), static_cast<unsigned>(month / 3 + 1), *day, *hour, *minute,
                     std::min(*second, 59U));
}

}  // namespace

bool is_whole_head(std::string_view octets) {
    return octets.find("\r\n\r\n") != std::string_view::npos || octets.find("\n\n") != std::string_view::npos;
}

std::optional<Moment> parse_date_of_head(std::string_view head) {
    const auto date = parse_fixdate(find_field(head, "date"));
    if (!date) return std::nullopt;
    const auto age = parse_number<std::uint32_t>(find_field(head, "age")).value_or(0);
    return *date + std::chrono::seconds(std::min(age, most_age));
}

}  // namespace scca::host
