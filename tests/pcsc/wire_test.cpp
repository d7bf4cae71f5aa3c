// SPDX-License-Identifier: Apache-2.0
//
// What the host says of readers, read from its wire: taken where it belongs, and a call that never comes back is the
// reader's, not the library's.
#include "token/wire_reader.hpp"

#include "scca/token/wire.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::token;

namespace {

constexpr std::string_view loaded = "begin dlopen\nend dlopen 00000000 1200\n";
constexpr std::string_view reader = R"(open reader
set name 5265616465722030
begin SCardGetStatusChange
end SCardGetStatusChange 00000000 5
set state 00000022
set atr 3b00
close
open reader
set name 5265616465722030
begin SCardConnect
end SCardConnect 00000000 5
set connected 01
set vendor 4656
close
done
)";

ModuleSeen heard(const std::string& transcript) {
    ModuleSeen seen;
    WireReader listener(seen);
    listener.feed(transcript);
    return seen;
}

}  // namespace

TEST_CASE("what a host says of a reader arrives as it was said") {
    const ModuleSeen seen = heard(std::string(loaded).append(reader));
    CHECK_FALSE(seen.answer_fault);
    REQUIRE(seen.readers.size() == 2);
    CHECK(seen.readers[0].name == "Reader 0");
    CHECK(seen.readers[0].state == 0x22U);
    CHECK(seen.readers[0].atr == Bytes{0x3B, 0x00});
    CHECK_FALSE(seen.readers[0].connected);
    CHECK(seen.readers[1].connected);
    CHECK(seen.readers[1].vendor == "FV");
}

TEST_CASE("a refusal about a reader is the reader's") {
    const ModuleSeen seen = heard(std::string(loaded) +
                                  "open reader\nset name 52\nbegin SCardConnect\nend SCardConnect 80100067 5\n"
                                  "fault code SCardConnect SCARD 80100067 -\nclose\ndone\n");
    CHECK(seen.refusals.empty());
    REQUIRE(seen.readers.size() == 1);
    REQUIRE(seen.readers[0].faults.size() == 1);
    CHECK(seen.readers[0].faults[0] == Fault{FaultKind::code, "SCardConnect", "SCARD", 0x80100067, ""});
}

TEST_CASE("a call about a reader that hangs is the reader's fault, one that crashes the library's") {
    const std::string transcript = std::string(loaded) + "open reader\nset name 52\nbegin SCardConnect\n";
    ModuleSeen seen;
    WireReader listener(seen);
    listener.feed(transcript);
    SECTION("hangs") {
        listener.conclude({FaultKind::hung, {}, {}, 1000, {}});
        CHECK_FALSE(seen.answer_fault);
        CHECK(seen.readers.at(0).answer_fault == Fault{FaultKind::hung, "SCardConnect", "", 1000, ""});
    }
    SECTION("crashes") {
        listener.conclude({FaultKind::crashed, {}, {}, 11, "SIGSEGV"});
        CHECK_FALSE(seen.readers.at(0).answer_fault);
        CHECK(seen.answer_fault == Fault{FaultKind::crashed, "SCardConnect", "", 11, "SIGSEGV"});
    }
}

TEST_CASE("readers hold nothing, stand in nothing, and are not without end") {
    CHECK(heard(std::string(loaded) + "open reader\nopen token\n").load_fault);
    CHECK(heard(std::string(loaded) + "open token\nopen reader\n").load_fault);
    CHECK(heard(std::string(loaded) + "open reader\nset state 12\n").load_fault);
    CHECK(heard(std::string(loaded) + "open reader\nset connected 02\n").load_fault);
    std::string flood(loaded);
    for (std::size_t i = 0; i <= wire::max_readers; ++i) flood += "open reader\nclose\n";
    const ModuleSeen seen = heard(flood);
    CHECK(seen.readers.size() == wire::max_readers);
    CHECK(seen.load_fault);
}
