// SPDX-License-Identifier: Apache-2.0
//
// Scratch folders and commands for the software key's tests.
#include "test_key.hpp"

#include <sys/wait.h>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace softkey_test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
    auto pattern = (fs::temp_directory_path() / "softkey-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string text_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

CommandResult run_command(const std::vector<std::string>& words) {
    const ScratchFolder scratch;
    std::string line;
    for (const auto& word : words) {
        REQUIRE(word.find('\'') == std::string::npos);
        line += "'" + word + "' ";
    }
    line += "</dev/null >'" + (scratch.path() / "out").string() + "' 2>'" + (scratch.path() / "err").string() + "'";
    const int status = std::system(line.c_str());
    REQUIRE(WIFEXITED(status));
    return {WEXITSTATUS(status), text_of_file(scratch.path() / "out"), text_of_file(scratch.path() / "err")};
}

TestKey::TestKey(const std::vector<std::string>& options) {
    std::vector<std::string> words{SOFTKEY_CLI, "make", folder().string()};
    words.insert(words.end(), options.begin(), options.end());
    const auto made = run_command(words);
    INFO(made.err);
    REQUIRE(made.status == 0);
}

}  // namespace softkey_test
