// SPDX-License-Identifier: Apache-2.0
//
// A software key in a folder of its own, made by the scca-softkey that was just built and removed at the end of the
// test; and the running of a command. Nothing here reads a key: what is on it is the tests' business.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace softkey_test {

/// An empty folder that is removed with all that is in it.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct CommandResult {
    int status;
    std::string out, err;
};

/// Runs a program with arguments, not through a shell's reading of them.
[[nodiscard]] CommandResult run_command(const std::vector<std::string>& words);

class TestKey {
public:
    /// `scca-softkey make` with `options`; fails the test when that fails.
    explicit TestKey(const std::vector<std::string>& options = {});

    [[nodiscard]] std::filesystem::path folder() const { return scratch_.path() / "key"; }
    [[nodiscard]] std::filesystem::path device() const { return folder() / "devices" / "softkey-1"; }
    [[nodiscard]] std::filesystem::path application() const { return device() / "applications" / "SCCA-TRAINING"; }
    [[nodiscard]] std::filesystem::path container() const {
        return application() / "containers" / "training-container-1";
    }
    [[nodiscard]] std::filesystem::path seal() const { return application() / "files" / "seal.esl"; }

private:
    ScratchFolder scratch_;
};

[[nodiscard]] std::string text_of_file(const std::filesystem::path& path);

}  // namespace softkey_test
