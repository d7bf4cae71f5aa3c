// SPDX-License-Identifier: Apache-2.0
//
// Whether a file is root's own all the way up, so that loading it gives nobody a way in.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace scca::token {

class OwnershipCheck {
public:
    /// `root` stands for the top of the file system: it is asked about, nothing above it is.
    explicit OwnershipCheck(std::filesystem::path root) : root_(std::move(root)) {}

    /// The file, or the highest folder above it, that somebody besides root may write to; empty when there is none.
    /// `file` is absolute and has no symbolic link in it.
    [[nodiscard]] std::string find_culprit(const std::filesystem::path& file);

private:
    [[nodiscard]] const std::string& culprit_of_folder(const std::filesystem::path& folder);

    std::filesystem::path root_;
    std::map<std::filesystem::path, std::string> folders_;  ///< asked before
};

}  // namespace scca::token
