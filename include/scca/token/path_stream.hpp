// SPDX-License-Identifier: Apache-2.0
//
// Paths, one at a time: those that were named, the files below a folder among them, and a NUL-separated list. Order is
// that of naming, inside a folder that of the names. Holds one folder's names for each level, packed, and no more.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

class PathStream {
public:
    /// `list` is a file of NUL-separated paths, "-" for standard input, empty for none; it comes after `paths`.
    PathStream(std::vector<std::string> paths, const std::string& list);
    ~PathStream();
    PathStream(PathStream&&) noexcept;
    PathStream& operator=(PathStream&&) = delete;

    /// Nothing at the end. A path that does not exist comes like any other: reading it will tell.
    [[nodiscard]] std::optional<std::string> next();

private:
    class Folder;
    struct CloseFile {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    [[nodiscard]] std::optional<std::string> next_from_folders();
    [[nodiscard]] std::optional<std::string> next_named();
    /// The path itself when it is a file; a folder is opened instead.
    [[nodiscard]] std::optional<std::string> file_or_open(std::string path);

    std::vector<std::string> paths_;
    std::size_t position_ = 0;
    std::unique_ptr<std::FILE, CloseFile> list_;
    std::vector<std::unique_ptr<Folder>> folders_;  ///< innermost last
};

/// A file that can be opened now.
[[nodiscard]] bool is_readable(const std::string& path);

/// Not a folder, as far as can be seen; "-" is one too.
[[nodiscard]] bool is_plain_file(const std::string& path);

}  // namespace scca::token
