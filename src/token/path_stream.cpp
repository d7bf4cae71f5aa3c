// SPDX-License-Identifier: Apache-2.0
#include "scca/token/path_stream.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 64;
constexpr std::size_t longest_path = 4096;

}  // namespace

/// The names in one folder, packed end to end: a million of them stay small.
class PathStream::Folder {
public:
    explicit Folder(std::string path) : path_(std::move(path)) {
        if (!path_.ends_with('/')) path_ += '/';
        std::error_code error;
        for (fs::directory_iterator at(path_, fs::directory_options::skip_permission_denied, error), end;
             !error && at != end; at.increment(error)) {
            starts_.push_back(static_cast<std::uint32_t>(names_.size()));
            names_ += at->path().filename().native();
            names_ += '\0';
        }
        std::sort(starts_.begin(), starts_.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return name_at(a) < name_at(b); });
    }

    [[nodiscard]] std::optional<std::string> next() {
        if (position_ == starts_.size()) return std::nullopt;
        return path_ + std::string(name_at(starts_[position_++]));
    }

private:
    [[nodiscard]] std::string_view name_at(std::uint32_t start) const { return names_.c_str() + start; }

    std::string path_, names_;
    std::vector<std::uint32_t> starts_;
    std::size_t position_ = 0;
};

PathStream::PathStream(std::vector<std::string> paths, const std::string& list) : paths_(std::move(paths)) {
    if (list == "-") {
        list_.reset(fdopen(0, "rb"));
    } else if (!list.empty()) {
        list_.reset(std::fopen(list.c_str(), "rbe"));
    }
}

PathStream::~PathStream() = default;
PathStream::PathStream(PathStream&&) noexcept = default;

std::optional<std::string> PathStream::next() {
    for (;;) {
        if (auto path = next_from_folders()) return path;
        auto named = next_named();
        if (!named) return std::nullopt;
        if (auto path = file_or_open(std::move(*named))) return path;
    }
}

std::optional<std::string> PathStream::next_from_folders() {
    while (!folders_.empty()) {
        auto path = folders_.back()->next();
        if (!path) {
            folders_.pop_back();
            continue;
        }
        std::error_code ignored;  // what vanished meanwhile is not there
        const auto kind = fs::symlink_status(*path, ignored).type();
        // A link to a folder may lead back up: only links to files are followed.
        if (kind == fs::file_type::symlink && fs::is_directory(*path, ignored)) continue;
        if (kind == fs::file_type::directory) {
            if (folders_.size() < deepest) folders_.push_back(std::make_unique<Folder>(std::move(*path)));
            continue;
        }
        if (fs::is_regular_file(*path, ignored)) return path;
    }
    return std::nullopt;
}

std::optional<std::string> PathStream::next_named() {
    if (position_ < paths_.size()) return paths_[position_++];
    std::string path;
    for (int c = 0; list_ && (c = std::fgetc(list_.get())) != EOF;) {
        if (c == '\0' && !path.empty()) return path;
        if (c != '\0' && path.size() < longest_path) path += static_cast<char>(c);
    }
    if (path.empty()) return std::nullopt;
    return path;
}

std::optional<std::string> PathStream::file_or_open(std::string path) {
    if (is_plain_file(path)) return path;
    folders_.push_back(std::make_unique<Folder>(std::move(path)));
    return std::nullopt;
}

bool is_readable(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rbe");
    if (file != nullptr) std::fclose(file);
    return file != nullptr && is_plain_file(path);
}

bool is_plain_file(const std::string& path) {
    std::error_code ignored;
    return path == "-" || !fs::is_directory(path, ignored);
}

}  // namespace scca::token
