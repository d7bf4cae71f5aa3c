// SPDX-License-Identifier: Apache-2.0
//
// The files of a batch: each as read_file gives it, whatever stood in the room before.
#include "scca/token/file_reader.hpp"
#include "scca/token/surroundings.hpp"

#include "fake_tree.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace scca;
using namespace scca::token;

TEST_CASE("files of two folders come whole, however long, one after another") {
    const fake::Tree tree;
    FileReader reader(100'000);
    for (const std::size_t size : {1U, 1000U, 4095U, 4096U, 4097U, 70'000U, 2U, 0U}) {
        for (const std::string folder : {"one/", "two/"}) {
            const std::string content(size, folder.front());
            const std::string path = tree.file(folder + std::to_string(size), content).string();
            FileGiven file = reader.read(path, true);
            INFO(path);
            CHECK(!file.fault);
            CHECK(file.path == path);
            CHECK(as_text(file.content) == content);
            reader.take_back(std::move(file));
        }
    }
}

TEST_CASE("what a folder had listed and is no file any more is told as that, and nobody waits for it") {
    const fake::Tree tree;
    FileReader reader(1000);
    const auto fault_of = [&](const std::string& name) {
        return reader.read((tree.root() / name).string(), true).fault;
    };
    static_cast<void>(tree.folder("folder"));
    REQUIRE(::mkfifo((tree.root() / "pipe").c_str(), 0600) == 0);
    REQUIRE(fault_of("gone"));
    CHECK(fault_of("gone")->number == ENOENT);
    REQUIRE(fault_of("folder"));
    CHECK(fault_of("folder")->number == EISDIR);
    REQUIRE(fault_of("pipe"));
    CHECK(is_no_file(*fault_of("pipe")));
    for (const std::size_t size : {2000U, 9000U}) {
        static_cast<void>(tree.file("long", std::string(size, 'x')));
        REQUIRE(fault_of("long"));
        CHECK(fault_of("long")->number == EFBIG);
    }
}
