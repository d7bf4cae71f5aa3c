// SPDX-License-Identifier: Apache-2.0
//
// What a web server says the time is, as RFC 9110 and 9111 have it written.
#include "host/http_head.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace scca;
using namespace scca::host;

namespace {

std::string date_in(const std::string& fields) {
    const auto date = parse_date_of_head("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n");
    return date ? utc_text(*date) : "";
}

}  // namespace

TEST_CASE("the Date of an answer is a moment, whatever else stands in its head") {
    CHECK(date_in("Date: Sun, 06 Nov 1994 08:49:37 GMT") == "1994-11-06T08:49:37Z");
    CHECK(date_in("Server: one\r\nDATE:Sun, 31 Dec 2028 23:59:60 GMT  \r\nX: y") == "2028-12-31T23:59:59Z");
    CHECK(date_in("Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT").empty());
    CHECK(parse_date_of_head("HTTP/1.0 404\nDate: Thu, 01 Jan 1970 00:00:00 GMT\n") == Moment{});
}

TEST_CASE("an answer that waited in a cache is older than the time is now, by its Age") {
    CHECK(date_in("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nAge: 3600") == "1994-11-06T09:49:37Z");
    CHECK(date_in("Age: soon\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT") == "1994-11-06T08:49:37Z");
    CHECK(date_in("Age: 4294967295\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT") == "1995-11-07T08:49:37Z");
}

TEST_CASE("a Date that is none is no moment") {
    const std::string text =
        GENERATE("", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                 "Sun, 06 anF 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                 "Sun, xx Nov 1994 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CST");
    CAPTURE(text);
    CHECK(date_in("Date: " + text).empty());
}

TEST_CASE("a head is whole at its empty line") {
    CHECK(is_whole_head("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"));
    CHECK(is_whole_head("HTTP/1.1 200 OK\n\n"));
    CHECK_FALSE(is_whole_head("HTTP/1.1 200 OK\r\nA: b\r\n\r"));
}
