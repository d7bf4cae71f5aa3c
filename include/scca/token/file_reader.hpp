// SPDX-License-Identifier: Apache-2.0
//
// The files of a batch, one after another: each stands in the room of one that is done with, and a folder that many of
// them are in is opened but once. For one thread.
#pragma once

#include "scca/token/snapshot.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

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
    /// A file that is done with, as room for another.
    void take_back(FileGiven done) { rooms_.push_back({std::move(done.path), std::move(done.content), {}}); }

private:
    /// Whether all of it is in the room now.
    [[nodiscard]] bool read_small(FileGiven& room);
    void close_folder() noexcept;

    std::size_t limit_;
    std::vector<FileGiven> rooms_;  ///< no longer in use
    std::string folder_;            ///< with its slash
    int folder_descriptor_ = -1;
};

}  // namespace scca::token
