// SPDX-License-Identifier: Apache-2.0
#include "host/pin.hpp"
#include "host/pkcs11_abi.hpp"
#include "host/sign_order.hpp"
#include "host/skf_abi.hpp"

#include <unistd.h>
#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <string>

using namespace scca;
using namespace scca::host;

namespace {

std::optional<SignOrder> parse(std::vector<const char*> words) { return parse_sign_order(words); }

/// The end of a pipe with this in it.
int pipe_with(const std::string& content) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    REQUIRE(write(ends[1], content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    close(ends[1]);
    return ends[0];
}

}  // namespace

TEST_CASE("an order to sign is taken in its form and in no other") {
    const auto order = parse({"4b00", "41", "ff", "43", "sm2", "0102", "-", "rsa", "03"});
    REQUIRE(order);
    CHECK(order->token == Bytes{0x4B, 0});
    CHECK(order->message == Bytes{0xFF});
    REQUIRE(order->tasks.size() == 2);
    CHECK(order->tasks[0].algorithm == "sm2");
    CHECK(order->tasks[1].container.empty());
    CHECK_FALSE(parse({"4b", "41", "ff"}));
    CHECK_FALSE(parse({"4b", "41", "ff", "43", "sm2"}));
    CHECK_FALSE(parse({"4b", "41", "ff", "43", "sm9", "01"}));
    CHECK_FALSE(parse({"4b", "41", "ff", "43", "sm2", "-"}));
    CHECK_FALSE(parse({"4b", "4", "ff", "43", "sm2", "01"}));
}

TEST_CASE("a PIN is read whole, ends with NUL, is wiped, and is refused when it is empty or too long") {
    Pin pin;
    const int end = pipe_with("135790");
    REQUIRE(pin.read(end));
    close(end);
    CHECK(pin.size() == 6);
    CHECK(std::strcmp(static_cast<const char*>(pin.address()), "135790") == 0);
    pin.wipe();
    CHECK(pin.size() == 0);
    for (const char* octet = static_cast<const char*>(pin.address()); octet != static_cast<char*>(pin.address()) + 6;
         ++octet) {
        CHECK(*octet == 0);
    }
    for (const std::string& content : {std::string(), std::string(token::wire::max_pin + 1, '1')}) {
        Pin other;
        const int none = pipe_with(content);
        CHECK_FALSE(other.read(none));
        close(none);
        CHECK(*static_cast<const char*>(other.address()) == 0);
    }
    Pin longest;
    const int full = pipe_with(std::string(token::wire::max_pin, '1'));
    CHECK(longest.read(full));
    close(full);
}

TEST_CASE("two keys that take one name are told apart by their serial numbers") {
    CHECK(device_reference("KEY-1", {"", "", "A1", ""}) != device_reference("KEY-1", {"", "", "A2", ""}));
    TokenInfo one;
    one.label = "SCCA";
    one.serial = "1";
    TokenInfo other = one;
    other.serial = "2";
    CHECK(token_reference(one) != token_reference(other));
}

TEST_CASE("r and s are the last 32 octets of their 64") {
    Bytes blob(ecc_signature_octets, 0);
    blob[32] = 1;
    blob[63] = 2;
    blob[96] = 3;
    blob[127] = 4;
    const auto signature = parse_ecc_signature(blob);
    REQUIRE(signature);
    REQUIRE(signature->size() == 64);
    CHECK((*signature)[0] == 1);
    CHECK((*signature)[31] == 2);
    CHECK((*signature)[32] == 3);
    CHECK((*signature)[63] == 4);
    CHECK_FALSE(parse_ecc_signature(ByteView(blob).first(127)));
}
