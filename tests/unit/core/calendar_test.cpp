// SPDX-License-Identifier: Apache-2.0
#include "scca/core/calendar.hpp"

#include <catch2/catch.hpp>

using namespace scca;

namespace {
Moment at(std::string_view text) {
    const auto moment = parse_moment(text);
    REQUIRE(moment);
    return *moment;
}
}  // namespace

TEST_CASE("a date alone means the end of that day in Beijing") {
    CHECK(utc_text(at("2026-10-15")) == "2026-10-15T15:59:59Z");
}

TEST_CASE("a time without an offset is Beijing time, one with an offset is what it says") {
    CHECK(utc_text(at("2026-10-15 09:30")) == "2026-10-15T01:30:00Z");
    CHECK(utc_text(at("2026-10-15T09:30:15+08:00")) == "2026-10-15T01:30:15Z");
    CHECK(utc_text(at("2026-10-15T01:30:15.25Z")) == "2026-10-15T01:30:15Z");
    CHECK(utc_text(at("2026-10-15T01:30:15-05:30")) == "2026-10-15T07:00:15Z");
}

TEST_CASE("what is no date is not taken for one") {
    for (const auto* text :
         {"", "x", "2026-13-01", "2026-02-30", "2026-10-15x", "2026-10-15 25:00", "2026-10-15 09:30+8", "20261015"}) {
        INFO(text);
        CHECK_FALSE(parse_moment(text));
    }
}

TEST_CASE("days are counted in Beijing calendar days, not in spans of 24 hours") {
    CHECK(beijing_days(at("2026-10-15 23:59"), at("2026-10-16 00:01")) == 1);
    CHECK(beijing_days(at("2026-10-15 00:01"), at("2026-10-15 23:59")) == 0);
    CHECK(beijing_days(at("2026-10-15T15:59:59Z"), at("2026-10-15T16:00:00Z")) == 1);
    CHECK(beijing_days(at("2026-10-16"), at("2026-10-01")) == -15);
}

TEST_CASE("a moment is shown in Beijing time to people and in UTC to programs") {
    CHECK(beijing_text(at("2026-12-31T16:00:00Z")) == "2027-01-01 00:00:00");
    CHECK(beijing_date(at("2026-12-31T16:00:00Z")) == "2027-01-01");
    CHECK(beijing_hour(at("2026-12-31T16:05:59Z")) == "00:05");
    CHECK(beijing_hour(at("9999-12-31T23:59:59Z")) == "07:59");
    CHECK(beijing_date(at("9999-12-31T23:59:59Z")) == "10000-01-01");
}

TEST_CASE("what ends on the last day of 9999 has no end") {
    CHECK(is_endless(at("9999-12-31T23:59:59Z")));
    CHECK(is_endless(at("9999-12-31")));
    CHECK_FALSE(is_endless(at("9999-12-30")));
}
