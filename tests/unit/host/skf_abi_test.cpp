// SPDX-License-Identifier: Apache-2.0
#include "host/skf_abi.hpp"

#include "host/guarded.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <utility>

using namespace scca;
using namespace scca::host;

namespace {

void put(Bytes& bytes, std::size_t at, std::string_view text) {
    std::copy(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void put_number(Bytes& bytes, std::size_t at, std::uint32_t number) {
    for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(number >> (8 * i));
}

TwiceWritten structure(std::size_t written) {
    TwiceWritten made{Bytes(structure_room, Guarded::second_fill), written};
    std::fill_n(made.content.begin(), written, std::uint8_t{0});
    return made;
}

}  // namespace

TEST_CASE("the length that a module writes tells which of the four ABIs it has") {
    CHECK(parse_device_info(structure(294)).abi == "ulong32_packed");
    CHECK(parse_device_info(structure(296)).abi == "ulong32_natural");
    CHECK(parse_device_info(structure(326)).abi == "ulong64_packed");
    CHECK(parse_device_info(structure(328)).abi == "ulong64_natural");
    CHECK(parse_device_info(structure(300)).abi == "unknown");
    CHECK(parse_device_info(structure(0)).abi == "unknown");
}

TEST_CASE("a module that leaves the reserved octets alone is known by where its algorithms stand") {
    TwiceWritten packed = structure(230);
    put_number(packed.content, 202, 0x00020100);
    CHECK(parse_device_info(packed).abi == "ulong32_packed");
    TwiceWritten wide = structure(264);
    put_number(wide.content, 208, 0x00010000);
    CHECK(parse_device_info(wide).abi == "ulong64_natural");
}

TEST_CASE("texts of a device end at a NUL, at their room or at what was written") {
    TwiceWritten info = structure(294);
    put(info.content, 2, "Maker  ");
    put(info.content, 130, std::string(32, 'L'));
    put(info.content, 162, "S1");
    CHECK(parse_device_info(info).manufacturer == "Maker");
    CHECK(parse_device_info(info).label == std::string(32, 'L'));
    CHECK(parse_device_info(info).serial == "S1");
    info.written = 131;
    CHECK(parse_device_info(info).label == "L");
    CHECK(parse_device_info(info).serial.empty());
}

TEST_CASE("a file's size and rights are read from either width of ULONG") {
    TwiceWritten narrow = structure(44);
    put_number(narrow.content, 32, 5000);
    put_number(narrow.content, 36, 0xFF);
    CHECK(parse_file_attribute(narrow)->size == 5000);
    CHECK(parse_file_attribute(narrow)->read_rights == anyone_may);

    TwiceWritten wide = structure(56);
    put_number(wide.content, 32, 5000);
    put_number(wide.content, 40, 0x10);
    CHECK(parse_file_attribute(wide)->size == 5000);
    CHECK(parse_file_attribute(wide)->read_rights == 0x10);

    narrow.written = 40;
    CHECK(parse_file_attribute(narrow)->read_rights == anyone_may);
    narrow.written = 39;
    CHECK_FALSE(parse_file_attribute(narrow));
}

TEST_CASE("an SM2 key is read from either width of ULONG, right-aligned") {
    for (const std::size_t width : {std::size_t{4}, std::size_t{8}}) {
        Bytes blob(width + 128, 0);
        put_number(blob, 0, 256);
        put(blob, width + 32, std::string(32, 'x'));
        put(blob, width + 96, std::string(32, 'y'));
        const auto key = parse_public_key(blob);
        REQUIRE(key);
        CHECK(key->algorithm == "sm2");
        CHECK(std::string(as_text(key->content)) == std::string(32, 'x') + std::string(32, 'y'));
        blob[1] = 2;
        CHECK_FALSE(parse_public_key(blob));
    }
}

TEST_CASE("an RSA key is read from every layout, on either side of its room, without leading zeros") {
    using Shape = std::pair<std::size_t, std::size_t>;
    for (const auto& [octets, width] : {Shape{268, 4}, Shape{276, 8}, Shape{280, 8}}) {
        for (const std::size_t at : {std::size_t{0}, std::size_t{128}}) {
            Bytes blob(octets, 0);
            put_number(blob, width, 1024);
            put(blob, 2 * width + at, std::string(128, 'm'));
            const auto key = parse_public_key(blob);
            REQUIRE(key);
            CHECK(key->algorithm == "rsa");
            CHECK(std::string(as_text(key->content)) == std::string(128, 'm'));
        }
    }
    Bytes blob(268, 0);
    put_number(blob, 4, 4096);
    CHECK_FALSE(parse_public_key(blob));
    put_number(blob, 4, 1024);
    CHECK_FALSE(parse_public_key(blob));
}

TEST_CASE("lists of names end at an empty name or where the writing ended, and keep one-letter names") {
    using Names = std::vector<std::string>;
    const auto names = [](std::string_view list) { return parse_names(as_bytes(list), 3); };
    using namespace std::string_view_literals;
    CHECK(names("").empty());
    CHECK(names("\0"sv).empty());
    CHECK(names("\0\0"sv).empty());
    CHECK(names("A\0B\0\0"sv) == Names{"A", "B"});
    CHECK(names("A\0B"sv) == Names{"A", "B"});
    CHECK(names("A\0\0B\0"sv) == Names{"A"});
    CHECK(names("A\0B\0C\0D\0\0"sv) == Names{"A", "B", "C"});
}

TEST_CASE("that there is no certificate is an answer, that the PIN is missing is not") {
    CHECK(says_there_is_none(0x0A00001C));
    CHECK(says_there_is_none(0x0A00001B));
    CHECK_FALSE(says_there_is_none(0x0A00002D));
    CHECK_FALSE(says_there_is_none(0x0A000001));
}
