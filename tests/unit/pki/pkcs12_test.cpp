// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/pkcs12.hpp"

#include "fixtures.hpp"

#include <random>

using namespace scca;
using namespace scca::pki;

namespace {

Bytes file(const std::string& name) { return test::fixture("containers/" + name); }
Bytes rsa() { return test::fixture("certificates/rsa-sha256.der"); }

}  // namespace

TEST_CASE("a PKCS #12 file opens with its password and gives its certificates") {
    const auto opened = parse_pkcs12(file("key.p12"), "123456");
    REQUIRE(opened);
    CHECK(*opened == std::vector<Bytes>{rsa()});
}

TEST_CASE("a file of older tools opens too, with a Chinese password, and gives its whole chain") {
    const auto opened = parse_pkcs12(file("key-of-older-tools.p12"), "密码 1");
    REQUIRE(opened);
    REQUIRE(opened->size() == 3);
    CHECK(opened->front() == rsa());
}

TEST_CASE("a file without password opens with an empty one") {
    REQUIRE(parse_pkcs12(file("key-without-password.p12"), ""));
}

TEST_CASE("a wrong password is told from a damaged file") {
    for (const auto* password : {"", "654321", "123456 "}) {
        const auto opened = parse_pkcs12(file("key.p12"), password);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().call == "PKCS12_verify_mac");
        CHECK(opened.error().kind == FaultKind::code);
    }
    const Bytes whole = file("key.p12");
    const auto cut = parse_pkcs12(ByteView(whole).first(whole.size() / 2), "123456");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().kind == FaultKind::damaged);
    CHECK_FALSE(parse_pkcs12({}, ""));
    CHECK_FALSE(parse_pkcs12(as_bytes("hello"), ""));
}

TEST_CASE("a file that asks for millions of iterations is refused at once") {
    for (const auto* name : {"endless-mac.p12", "endless-encryption.p12"}) {
        INFO(name);
        const auto opened = parse_pkcs12(file(name), "123456");
        REQUIRE_FALSE(opened);
        CHECK(opened.error().text.find("iteration") != std::string::npos);
    }
}

TEST_CASE("changed PKCS #12 files are refused or read without harm") {
    std::mt19937 random(7);
    const Bytes whole = file("key.p12");
    for (int round = 0; round < 60; ++round) {
        Bytes bytes = whole;
        bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        const auto opened = parse_pkcs12(bytes, "123456");
        if (opened) CHECK(opened->size() <= 1);
    }
}
