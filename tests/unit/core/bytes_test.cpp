// SPDX-License-Identifier: Apache-2.0
#include "scca/core/bytes.hpp"

#include <catch2/catch.hpp>

using namespace scca;

TEST_CASE("hexadecimal is written in lower case and read in either") {
    CHECK(to_hex(Bytes{0x00, 0xAB, 0x7f}) == "00ab7f");
    CHECK(parse_hex("00AB7f") == Bytes{0x00, 0xAB, 0x7f});
}

TEST_CASE("half an octet or a foreign character is no hexadecimal") {
    CHECK_FALSE(parse_hex("abc"));
    CHECK_FALSE(parse_hex("0g"));
    CHECK(parse_hex("")->empty());
}
