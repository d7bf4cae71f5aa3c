// SPDX-License-Identifier: Apache-2.0
#include "host/guarded.hpp"

#include <catch2/catch.hpp>

#include <cstring>

using scca::host::Guarded;

TEST_CASE("memory lent to a module tells how much of it was written") {
    Guarded memory(100, Guarded::first_fill);
    CHECK(memory.written() == 0);
    std::memset(memory.address(), 7, 42);
    CHECK(memory.written() == 42);
    CHECK(memory.intact());
    CHECK(memory.content().size() == 100);
}

TEST_CASE("one octet written outside the lent memory is noticed, before and behind it") {
    for (const int at : {-1, -64, 8, 9, 8 + 4095}) {
        Guarded memory(8, 0);
        auto* const start = static_cast<unsigned char*>(memory.address());
        start[at] = static_cast<unsigned char>(~start[at]);
        CHECK_FALSE(memory.intact());
    }
    Guarded memory(8, 0);
    std::memset(memory.address(), 0xFF, 8);
    CHECK(memory.intact());
}

TEST_CASE("a cell of eight octets gives the low half of a wide number and all of a narrow one") {
    Guarded cell = Guarded::cell(8, 5);
    CHECK(cell.number() == 5);
    const std::uint64_t wide = 0xFFFFFFFF0A000023;
    std::memcpy(cell.address(), &wide, sizeof wide);
    CHECK(cell.number() == 0x0A000023);
    CHECK(cell.intact());

    Guarded narrow = Guarded::cell(4, 5);
    std::memcpy(narrow.address(), &wide, sizeof wide);
    CHECK_FALSE(narrow.intact());
}

TEST_CASE("a name is lent with its end") {
    Guarded name = Guarded::text("FAKE");
    CHECK(std::strcmp(static_cast<const char*>(name.address()), "FAKE") == 0);
    CHECK(name.content().size() == 5);
    CHECK(Guarded::handle().pointer() == nullptr);
}
