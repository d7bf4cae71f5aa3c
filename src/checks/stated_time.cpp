// SPDX-License-Identifier: Apache-2.0
#include "stated_time.hpp"

#include <chrono>
#include <string>

namespace scca::checks {

std::vector<Moment> moments_of(std::string_view text) {
    constexpr std::size_t wanted = 14;
    std::string digits;
    for (const char c : text) {
        if (c == '.' || digits.size() == wanted) break;
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.size() != wanted) return {};
    const auto field = [&](std::size_t at, std::size_t count) {
        unsigned value = 0;
        for (const char c : digits.substr(at, count)) value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    const auto moment =
        moment_of(static_cast<int>(field(0, 4)), field(4, 2), field(6, 2), field(8, 2), field(10, 2), field(12, 2));
    if (!moment) return {};
    return {*moment, *moment - std::chrono::hours(8)};
}

}  // namespace scca::checks
