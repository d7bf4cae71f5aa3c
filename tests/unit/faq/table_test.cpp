// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/table.hpp"

#include <catch2/catch.hpp>

using namespace scca;

TEST_CASE("every rung has a title in both languages") {
    for (const RungRow& row : ladder) {
        CHECK_FALSE(faq::title_of(row.rung).zh.empty());
        CHECK_FALSE(faq::title_of(row.rung).en.empty());
    }
    CHECK(faq::title_of(Rung::token_pin).zh == "钥匙密码状态");
    CHECK(faq::title_of(Rung::signature_time).en == "Time of signing");
}

TEST_CASE("every problem is found by its own id and by no other") {
    for (std::size_t i = 0; i < faq::entries().size(); ++i) {
        const auto found = faq::find_entry(faq::entries()[i].id);
        REQUIRE(found);
        CHECK(found->index == i);
        CHECK_FALSE(faq::causes_of(faq::entry(*found)).empty());
    }
    CHECK_FALSE(faq::find_entry("no-such-problem"));
}

TEST_CASE("every code is found by family and value") {
    for (const faq::CodeFamily& family : faq::code_families()) {
        for (const faq::Code& code : faq::codes_of(family)) {
            const faq::Code* found = faq::find_code(family.id, code.value);
            REQUIRE(found != nullptr);
            CHECK(found->value == code.value);
            CHECK(faq::code_families()[found->family].id == family.id);
        }
    }
    CHECK(faq::find_code("SAR", 0x7FFFFFFF) == nullptr);
    CHECK(faq::find_code("NOBODY", 0) == nullptr);
}

TEST_CASE("names of people and systems are those of the JSON contract") {
    CHECK(faq::name_of(faq::Who::you) == "you");
    CHECK(faq::name_of(faq::Who::driver) == "driver");
    CHECK(faq::name_of(faq::System::any).empty());
    CHECK(faq::name_of(faq::System::linux) == "linux");
}
