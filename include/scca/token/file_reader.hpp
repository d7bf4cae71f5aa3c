// SPDX-License-Identifier: Apache-2.0
//
// The files of a batch, one after another: each stands in the room of the one before, and a folder that many of them
// are in is opened but once. For one thread.
#pragma once

#include "scca/token/snapshot.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace scca::token {

class FileReader {
public:
    /// Of a file that is longer, its start and EFBIG.
    explicit FileReader(std::size_t limit) : limit_(limit) {}
    ~FileReader();
    FileReader(const FileReader&) = delete;
    FileReader& operator=(const FileReader&) = delete;

    /// As read_file does. What a folder has `listed` is a plain file, and most are small: those are not asked what they
    /// are, which takes as long as reading them.
    [[nodiscard]] FileGiven read(const std::string& path, bool listed);
    /// A file that is done with, as room for the next.
    void take_back(FileGiven done) {
        room_.path = std::move(done.path);
        room_.content = std::move(done.content);
    }

private:
    /// Whether all of it is in the room now.
    [[nodiscard]] bool read_small(const std::string& path);
    void close_folder() noexcept;

    std::size_t limit_;
    FileGiven room_;      ///< for path and content alone
    std::string folder_;  ///< with its slash
    int folder_descriptor_ = -1;
};

}  // namespace scca::token
