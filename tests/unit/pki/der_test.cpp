// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/der.hpp"

#include "fixtures.hpp"

using namespace scca;
using namespace scca::pki;

namespace {

Bytes hex(std::string_view text) { return *parse_hex(text); }

}  // namespace

TEST_CASE("elements are read one after another with their offsets") {
    const Bytes input = hex("0201050403aabbcc");
    der::Reader reader(input, 100);
    const auto number = reader.read(der::Tag::integer, "number");
    REQUIRE(number);
    CHECK(number->offset == 100);
    const auto octets = reader.read(der::Tag::octet_string, "octets");
    REQUIRE(octets);
    CHECK(octets->offset == 103);
    CHECK(octets->content_offset() == 105);
    CHECK(to_hex(octets->content) == "aabbcc");
    CHECK(reader.at_end());
}

TEST_CASE("another type than expected names the field and the offset and is not passed over") {
    const Bytes input = hex("020105");
    der::Reader reader(input, 7);
    const auto wrong = reader.read(der::Tag::sequence, "Seal.header");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().call == "Seal.header");
    CHECK(wrong.error().number == 7);
    CHECK(reader.read(der::Tag::integer, "number"));
}

TEST_CASE("a length beyond the input, a broken one and one beyond counting are faults") {
    for (const auto* text : {"0405aabb", "04", "0482ff", "04898877665544332211aa", "0480aa0000", "3f8182"}) {
        INFO(text);
        const Bytes input = hex(text);
        der::Reader reader(input);
        const auto element = reader.read("field");
        REQUIRE_FALSE(element);
        CHECK(element.error().kind == FaultKind::damaged);
        CHECK(element.error().number == 0);
    }
}

TEST_CASE("lengths that could be shorter are read all the same") {
    const Bytes input = hex("04840000000211ff");
    CHECK(to_hex(der::Reader(input).read("field")->content) == "11ff");
}

TEST_CASE("an indefinite length ends with its own end-of-contents octets") {
    const Bytes input = hex("30800201053080040100000004020000000005");
    der::Reader reader(input);
    const auto outer = reader.read("outer");
    REQUIRE(outer);
    CHECK(outer->indefinite);
    CHECK(to_hex(outer->content) ==
          "020105308004010000000402"
          "0000");
    CHECK(to_hex(outer->whole).substr(0, 8) == "30800201");
    CHECK(reader.offset() == 18);
}

TEST_CASE("re-encoding makes lengths definite and strings whole and leaves everything else") {
    const Bytes ber =
        hex("30800101002480040111040222330000830154048200027788"
            "0000");
    const auto der = der::reencode(ber);
    REQUIRE(der);
    CHECK(to_hex(*der) ==
          "300f01010004031122338301540402"
          "7788");
    CHECK(*der::reencode(*der) == *der);
}

TEST_CASE("a bit string in segments keeps the count of unused bits of the last") {
    const Bytes ber =
        hex("23800302000103020480"
            "0000");
    CHECK(to_hex(*der::reencode(ber)) == "0303040180");
}

TEST_CASE("nesting deeper than any certificate ends in a fault, not in a full stack") {
    Bytes bomb;
    for (int i = 0; i < 200'000; ++i) bomb.insert(bomb.end(), {0x30, 0x80});
    CHECK_FALSE(der::reencode(bomb));
    Bytes definite = hex("0500");
    for (int i = 0; i < 40; ++i) {
        Bytes around{0x30, static_cast<std::uint8_t>(definite.size())};
        around.insert(around.end(), definite.begin(), definite.end());
        definite = around;
    }
    const auto deep = der::reencode(definite);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().text == "nested too deeply");
}
