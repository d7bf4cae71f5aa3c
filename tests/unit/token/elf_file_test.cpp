// SPDX-License-Identifier: Apache-2.0
#include "token/elf_file.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace scca;
using namespace scca::token;

namespace {

/// This test itself is an ELF file of this machine.
Bytes this_program() {
    std::ifstream file("/proc/self/exe", std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// The header of a shared object for 32-bit x86, and nothing behind it.
Bytes header_of_i386() {
    Bytes header(52, 0);
    const std::string_view start(
        "\x7F"
        "ELF\x01\x01\x01",
        7);
    std::copy(start.begin(), start.end(), header.begin());
    header[16] = 3;
    header[18] = 3;
    header[20] = 1;
    return header;
}

}  // namespace

TEST_CASE("a module for another bitness is recognised by its header") {
    const auto header = parse_elf_header(header_of_i386());
    REQUIRE(header);
    CHECK(*header == ElfHeader{1, 1, 3, 3});
    CHECK(parse_elf_exports(header_of_i386())->empty());
}

TEST_CASE("a module for a big-endian machine is recognised and its tables are left alone") {
    Bytes header = header_of_i386();
    header[5] = 2;
    std::swap(header[16], header[17]);
    std::swap(header[18], header[19]);
    CHECK(*parse_elf_header(header) == ElfHeader{1, 2, 3, 3});
    CHECK(parse_elf_exports(header)->empty());
}

TEST_CASE("a text file is no ELF file, and the fault says where that shows") {
    const auto header = parse_elf_header(as_bytes("not a module, a letter"));
    REQUIRE_FALSE(header);
    CHECK(header.error() == Fault{FaultKind::damaged, "elf.read", "", 0, "magic"});
    CHECK_FALSE(parse_elf_header({}));
    CHECK_FALSE(parse_elf_exports({}));
}

TEST_CASE("an ELF file cut or altered anywhere is read within its bounds") {
    const Bytes whole = this_program();
    REQUIRE(parse_elf_exports(whole));
    for (std::size_t size = 0; size < 4096 && size < whole.size(); ++size) {
        const auto exports = parse_elf_exports(ByteView(whole).first(size));
        if (!exports) CHECK(exports.error().number <= static_cast<std::int64_t>(whole.size()));
    }
    Bytes altered = whole;
    for (std::size_t at = 0; at < 1024 && at < whole.size(); ++at) {
        for (const std::uint8_t octet : {std::uint8_t{0}, std::uint8_t{0x7F}, std::uint8_t{0xFF}}) {
            altered[at] = octet;
            static_cast<void>(parse_elf_exports(altered));
        }
        altered[at] = whole[at];
    }
}
