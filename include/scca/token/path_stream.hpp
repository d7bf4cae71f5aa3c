// SPDX-License-Identifier: Apache-2.0
//
// Paths, one at a time: those that were named, the files below a folder among them, and NUL-separated lists. Order is
// that of naming, inside a folder that of the names. Holds one folder's names for each level, packed, and no more.
#pragma once

#include "scca/core/fault.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

struct PathFound {
    std::string path;
    bool is_named = false;  ///< by itself, and not only the folder that it is in
};

/// It could not be opened or read on, or it is none: a name in it is longer than any path can be (PATH_MAX), there is
/// none between its NULs, as in /dev/zero, it has no NUL but lines, and there is no file of such a name, or it is
/// UTF-16.
struct BrokenList {
    std::string path;
    std::optional<Fault> fault;  ///< of opening or reading
};

class PathStream {
public:
    /// `lists` are files of NUL-separated paths, "-" for standard input; they come after `paths`, one after another,
    /// and each is opened when it is its turn. The last path of one needs no NUL, as with wc --files0-from; where
    /// reading breaks off, half a path is none.
    explicit PathStream(std::vector<std::string> paths, std::vector<std::string> lists = {});
    ~PathStream();
    PathStream(PathStream&&) noexcept;
    PathStream& operator=(PathStream&&) = delete;

    /// Nothing at the end. A path that does not exist, or a folder that may not be listed, comes like any other:
    /// reading it will tell.
    [[nodiscard]] std::optional<PathFound> next();
    /// Whether the next one, or the end, comes without waiting for whoever writes a list.
    [[nodiscard]] bool is_ready();
    /// The list that broke, and what came of it is the end.
    [[nodiscard]] std::optional<BrokenList> find_broken_list() const;

private:
    class Folder;
    class List;

    [[nodiscard]] std::optional<std::string> next_from_folders();
    [[nodiscard]] std::optional<std::string> next_named();
    /// The path itself when it is a file, or a folder that may not be listed; any other folder is opened instead.
    [[nodiscard]] std::optional<std::string> file_or_open(std::string path);

    std::vector<std::string> paths_, lists_;
    std::size_t position_ = 0, lists_opened_ = 0;
    std::unique_ptr<List> list_;                    ///< the last that was opened
    std::vector<std::unique_ptr<Folder>> folders_;  ///< innermost last
};

/// Why no list of paths can be read there, as far as can be seen without opening it: a pipe is opened but once.
[[nodiscard]] std::optional<Fault> find_list_fault(const std::string& path);

/// What the caller of this program opened for it, as a shell's <(…) does, and standard input: it can be read once.
[[nodiscard]] bool is_handed_over(const std::string& path);

/// Not a folder whose files can be listed, as far as can be seen: reading it tells what it is. "-" is one too.
[[nodiscard]] bool is_plain_file(const std::string& path);

}  // namespace scca::token
