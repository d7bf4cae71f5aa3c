// SPDX-License-Identifier: Apache-2.0
#include "host/pkcs11_abi.hpp"

#include <catch2/catch.hpp>

#include <cstring>

using namespace scca;
using namespace scca::host;

namespace {

Bytes token_info_with(Ulong flags) {
    Bytes info(208, ' ');
    std::memcpy(info.data(), "SCCA", 4);
    std::memcpy(info.data() + 32, "Longmai", 7);
    std::memcpy(info.data() + 80, "0123456789ABCDEF", 16);
    std::memcpy(info.data() + 96, &flags, sizeof flags);
    return info;
}

TokenInfo info_of(Ulong flags) {
    const auto info = parse_token_info(token_info_with(flags));
    REQUIRE(info);
    return *info;
}

Bytes sequence(std::initializer_list<std::uint8_t> start, std::size_t octets) {
    Bytes made(start);
    for (std::size_t i = 0; i < octets; ++i) made.push_back(static_cast<std::uint8_t>(i + 1));
    return made;
}

}  // namespace

TEST_CASE("the names of a PKCS#11 token lose their padding, and a full field is not read past its end") {
    const TokenInfo info = info_of(0);
    CHECK(info.label == "SCCA");
    CHECK(info.manufacturer == "Longmai");
    CHECK(info.serial == "0123456789ABCDEF");
    Bytes padded_with_nul = token_info_with(0);
    padded_with_nul[4] = 0;
    CHECK(parse_token_info(padded_with_nul)->label == "SCCA");
}

TEST_CASE("the PIN's state is what the token's flags say") {
    // The flags of SoftHSM2, fresh and after a wrong PIN.
    const TokenInfo fresh = info_of(0x42D);
    CHECK(fresh.initialized);
    CHECK_FALSE(fresh.pin_locked);
    CHECK_FALSE(fresh.pin_few);
    CHECK_FALSE(fresh.pin_to_change);
    CHECK(info_of(0x1042D).pin_few);
    CHECK_FALSE(info_of(0x1042D).pin_last_try);
    CHECK(info_of(0x2042D).pin_few);
    CHECK(info_of(0x2042D).pin_last_try);
    CHECK(info_of(0x4042D).pin_locked);
    CHECK(info_of(0x8042D).pin_to_change);
    CHECK_FALSE(info_of(0x2D).initialized);
}

TEST_CASE("a token description that ends before its flags is none") {
    const Bytes whole = token_info_with(0x42D);
    CHECK_FALSE(parse_token_info({}));
    CHECK_FALSE(parse_token_info(ByteView(whole).first(103)));
    CHECK(parse_token_info(ByteView(whole).first(104)));
}

TEST_CASE("an RSA modulus loses its leading zeros") {
    const auto key = parse_rsa_key(Bytes{0, 0, 0xC1, 2});
    REQUIRE(key);
    CHECK(key->algorithm == "rsa");
    CHECK(key->content == Bytes{0xC1, 2});
    CHECK_FALSE(parse_rsa_key(Bytes{}));
    CHECK_FALSE(parse_rsa_key(Bytes{0, 0}));
}

TEST_CASE("a point is read in the standard's form and in the two that vendors use") {
    const Bytes sm2{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};
    const Bytes point = sequence({}, 64);
    for (const Bytes& form : {sequence({4, 65, 4}, 64), sequence({4}, 64), point}) {
        const auto key = parse_ec_key(sm2, form);
        REQUIRE(key);
        CHECK(key->algorithm == "sm2");
        CHECK(key->content == point);
    }
    const Bytes p256{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
    CHECK(parse_ec_key(p256, point)->algorithm == "ec");
    CHECK(parse_ec_key({}, point)->algorithm == "unknown");
}

TEST_CASE("a compressed point, a longer curve and rubbish are no key that can be compared") {
    CHECK_FALSE(parse_ec_key({}, {}));
    CHECK_FALSE(parse_ec_key({}, sequence({2}, 32)));
    CHECK_FALSE(parse_ec_key({}, sequence({5}, 64)));
    CHECK_FALSE(parse_ec_key({}, sequence({4, 64, 4}, 64)));
    CHECK_FALSE(parse_ec_key({}, sequence({4, 97, 4}, 96)));
}
