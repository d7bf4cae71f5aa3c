// SPDX-License-Identifier: Apache-2.0
#include "token/elf_file.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace scca;
using namespace scca::token;

namespace {

Bytes content_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// This test itself is an ELF file of this machine.
Bytes this_program() { return content_of("/proc/self/exe"); }

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

TEST_CASE("whether a library may export a name is told without reading its names, and never wrongly denied") {
    const Bytes module = content_of(SCCA_FAKES "/fake_skf_32_1.so");
    const auto exports = parse_elf_exports(module);
    REQUIRE(exports);
    REQUIRE(exports->size() > 20);
    for (const std::string_view name : *exports) CHECK(may_export(module, std::array{name}));
    CHECK(may_export(module, std::array<std::string_view, 2>{"C_GetFunctionList", "SKF_EnumDev"}));
    int denied = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string name = "nobody_exports_" + std::to_string(i);
        denied += may_export(module, std::array<std::string_view, 1>{name}) ? 0 : 1;
    }
    CHECK(denied > 50);  // a filter lets some through
    CHECK(may_export(as_bytes("not a module, a letter"), std::array<std::string_view, 1>{"SKF_EnumDev"}));
}

TEST_CASE("an ELF file cut or altered anywhere is read within its bounds") {
    const Bytes whole = this_program();
    REQUIRE(parse_elf_exports(whole));
    for (std::size_t size = 0; size < 4096 && size < whole.size(); ++size) {
        const auto exports = parse_elf_exports(ByteView(whole).first(size));
        static_cast<void>(may_export(ByteView(whole).first(size), std::array<std::string_view, 1>{"SKF_EnumDev"}));
        if (!exports) CHECK(exports.error().number <= static_cast<std::int64_t>(whole.size()));
    }
    Bytes altered = whole;
    for (std::size_t at = 0; at < 1024 && at < whole.size(); ++at) {
        for (const std::uint8_t octet : {std::uint8_t{0}, std::uint8_t{0x7F}, std::uint8_t{0xFF}}) {
            altered[at] = octet;
            static_cast<void>(parse_elf_exports(altered));
            static_cast<void>(may_export(altered, std::array<std::string_view, 1>{"SKF_EnumDev"}));
        }
        altered[at] = whole[at];
    }
}
