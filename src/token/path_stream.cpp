// SPDX-License-Identifier: Apache-2.0
#include "scca/token/path_stream.hpp"

#include "owned_fd.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 64;
constexpr std::size_t longest_path = PATH_MAX - 1;  ///< no longer one can be opened
constexpr std::size_t most_empty = 65536;           ///< one after another, in what is still a list of paths

/// A link to a folder may lead back up: only links to files are followed.
enum class EntryKind : std::uint8_t { file, folder, other };

/// The folder tells what its entries are; only a link has to be looked at, or an entry of a file system that tells not.
EntryKind kind_of(const dirent& entry, int folder) {
    struct stat facts {};
    const auto is = [&](mode_t type) { return (facts.st_mode & S_IFMT) == type; };
    switch (entry.d_type) {
        case DT_REG: return EntryKind::file;
        case DT_DIR: return EntryKind::folder;
        case DT_UNKNOWN: {
            // What vanished meanwhile is not there.
            if (::fstatat(folder, entry.d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) return EntryKind::other;
            if (is(S_IFDIR)) return EntryKind::folder;
            if (!is(S_IFLNK)) return is(S_IFREG) ? EntryKind::file : EntryKind::other;
            [[fallthrough]];
        }
        case DT_LNK: {
            const bool found = ::fstatat(folder, entry.d_name, &facts, 0) == 0;
            return found && is(S_IFREG) ? EntryKind::file : EntryKind::other;
        }
        default: return EntryKind::other;
    }
}

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

}  // namespace

/// The names in one folder, packed end to end: a million of them stay small.
class PathStream::Folder {
public:
    explicit Folder(std::string path) : path_(std::move(path)) {
        if (!path_.ends_with('/')) path_ += '/';
        const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path_.c_str()));
        while (const dirent* const entry = folder ? ::readdir(folder.get()) : nullptr) {
            const std::string_view name = entry->d_name;
            if (name == "." || name == "..") continue;
            entries_.push_back({first_octets(name), static_cast<std::uint32_t>(names_.size()),
                                static_cast<std::uint16_t>(name.size()), kind_of(*entry, ::dirfd(folder.get()))});
            names_ += name;
        }
        std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
            return a.first != b.first ? a.first < b.first : name_of(a) < name_of(b);
        });
    }

    struct Found {
        std::string path;
        EntryKind kind;
    };

    [[nodiscard]] std::optional<Found> next() {
        if (position_ == entries_.size()) return std::nullopt;
        const Entry& entry = entries_[position_++];
        const std::string_view name = name_of(entry);
        Found found{{}, entry.kind};
        found.path.reserve(path_.size() + name.size());
        found.path.append(path_).append(name);
        return found;
    }

private:
    struct Entry {
        std::uint64_t first;  ///< of its name, the octets by which most are told apart
        std::uint32_t start;  ///< of its name
        std::uint16_t size;
        EntryKind kind;
    };

    /// In their order as a number; a name that has fewer is filled up with zeros, which no name holds.
    [[nodiscard]] static std::uint64_t first_octets(std::string_view name) noexcept {
        std::uint64_t first = 0;
        for (std::size_t i = 0; i < sizeof first; ++i) {
            first = first << 8U | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
        }
        return first;
    }

    [[nodiscard]] std::string_view name_of(const Entry& entry) const {
        return std::string_view(names_).substr(entry.start, entry.size);
    }

    std::string path_, names_;
    std::vector<Entry> entries_;
    std::size_t position_ = 0;
};

/// The NUL-separated paths of a descriptor.
class PathStream::List {
public:
    explicit List(const std::string& path)
        : owned_(path == "-" ? OwnedFd() : OwnedFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY))),
          descriptor_(path == "-" ? STDIN_FILENO : owned_.number()) {
        if (descriptor_ < 0) give_up("open");
    }

    [[nodiscard]] std::optional<std::string> next() {
        while (!has_path() && !ended_) fill();
        const std::size_t end = std::min(text_.find('\0', at_), text_.size());
        is_separated_ = is_separated_ || end < text_.size();
        std::string path = text_.substr(at_, end - at_);
        is_broken_ = is_broken_ || path.size() > longest_path || (!is_separated_ && are_lines(path)) ||
                     (!is_begun_ && are_letters(std::string_view(text_).substr(at_)));
        is_begun_ = true;
        if (is_broken_ || path.empty()) return std::nullopt;
        at_ = std::min(end + 1, text_.size());
        return path;
    }

    [[nodiscard]] bool is_ready() {
        pollfd waiting{descriptor_, POLLIN, 0};
        while (!has_path() && !ended_) {
            if (::poll(&waiting, 1, 0) <= 0) return false;
            fill();
        }
        return true;
    }

    /// As far as is known without reading on.
    [[nodiscard]] bool is_at_end() const noexcept { return ended_ && at_ == text_.size(); }
    [[nodiscard]] bool is_broken() const noexcept { return is_broken_; }
    [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

private:
    /// A list that was written line by line; a name may have a line feed in it, too.
    [[nodiscard]] static bool are_lines(const std::string& path) {
        struct stat facts {};
        return path.find('\n') != std::string::npos && ::lstat(path.c_str(), &facts) != 0;
    }

    /// UTF-16, as some shells write it: its letters would be taken for paths, and a slash for the whole computer.
    [[nodiscard]] static bool are_letters(std::string_view text) {
        constexpr std::size_t enough = 4;
        if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
        for (std::size_t i = 0; i < 2 * enough; ++i) {
            if (i >= text.size() || (text[i] == '\0') != (i % 2 == 1)) return false;
        }
        struct stat facts {};
        return text.substr(0, 2 * enough).find('/') != std::string_view::npos ||
               ::lstat(std::string(1, text.front()).c_str(), &facts) != 0;
    }

    /// What is left is half a path, or nothing.
    void give_up(const char* call) {
        fault_ = Fault{FaultKind::system, call, {}, errno, std::strerror(errno)};
        is_broken_ = ended_ = true;
    }

    /// Empty ones are passed over, unless nothing else comes.
    [[nodiscard]] bool has_path() {
        for (; at_ < text_.size() && text_[at_] == '\0'; ++at_) is_broken_ = is_broken_ || ++empty_ > most_empty;
        if (at_ < text_.size()) empty_ = 0;
        return text_.find('\0', at_) != std::string::npos;
    }

    void fill() {
        constexpr std::size_t read_at_once = 65536;
        text_.erase(0, at_);
        at_ = 0;
        is_broken_ = is_broken_ || text_.size() > longest_path;  // and its end has not come
        if (is_broken_) {
            ended_ = true;
            return text_.clear();
        }
        const std::size_t before = text_.size();
        text_.resize(before + read_at_once);
        ssize_t count = 0;
        do {
            count = ::read(descriptor_, text_.data() + before, read_at_once);
        } while (count < 0 && errno == EINTR);
        text_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        ended_ = count == 0;
        if (count < 0) give_up("read");
    }

    OwnedFd owned_;
    int descriptor_;
    std::string text_;
    std::size_t at_ = 0, empty_ = 0;
    bool ended_ = false, is_broken_ = false, is_separated_ = false, is_begun_ = false;
    std::optional<Fault> fault_;
};

PathStream::PathStream(std::vector<std::string> paths, std::vector<std::string> lists)
    : paths_(std::move(paths)), lists_(std::move(lists)) {}

PathStream::~PathStream() = default;
PathStream::PathStream(PathStream&&) noexcept = default;

std::optional<PathFound> PathStream::next() {
    for (;;) {
        if (auto path = next_from_folders()) return PathFound{std::move(*path), false};
        auto named = next_named();
        if (!named) return std::nullopt;
        if (auto path = file_or_open(std::move(*named))) return PathFound{std::move(*path), true};
    }
}

bool PathStream::is_ready() {
    if (!folders_.empty() || position_ < paths_.size()) return true;
    if (list_ && !list_->is_ready()) return false;
    // Opening a pipe waits for whoever is to write to it.
    return (list_ && !list_->is_at_end()) || lists_opened_ == lists_.size();
}

std::optional<BrokenList> PathStream::find_broken_list() const {
    if (!list_ || !list_->is_broken()) return std::nullopt;
    return BrokenList{lists_[lists_opened_ - 1], list_->fault()};
}

std::optional<std::string> PathStream::next_from_folders() {
    while (!folders_.empty()) {
        auto found = folders_.back()->next();
        if (!found) {
            folders_.pop_back();
        } else if (found->kind == EntryKind::file) {
            return std::move(found->path);
        } else if (found->kind == EntryKind::folder && folders_.size() < deepest) {
            if (auto closed = file_or_open(std::move(found->path))) return closed;
        }
    }
    return std::nullopt;
}

std::optional<std::string> PathStream::next_named() {
    if (position_ < paths_.size()) return paths_[position_++];
    for (;;) {
        if (auto path = list_ ? list_->next() : std::nullopt) return path;
        if (lists_opened_ == lists_.size() || find_broken_list()) return std::nullopt;
        list_ = std::make_unique<List>(lists_[lists_opened_++]);
    }
}

std::optional<std::string> PathStream::file_or_open(std::string path) {
    if (is_plain_file(path)) return path;
    folders_.push_back(std::make_unique<Folder>(std::move(path)));
    return std::nullopt;
}

std::optional<Fault> find_list_fault(const std::string& path) {
    std::error_code ignored;
    const int number = ::access(path.c_str(), R_OK) != 0 ? errno : fs::is_directory(path, ignored) ? EISDIR : 0;
    if (path == "-" || number == 0) return std::nullopt;
    return Fault{FaultKind::system, "open", {}, number, std::strerror(number)};
}

bool is_handed_over(const std::string& path) {
    return path == "-" || path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

bool is_plain_file(const std::string& path) {
    std::error_code ignored;
    return path == "-" || !fs::is_directory(path, ignored) || ::access(path.c_str(), R_OK | X_OK) != 0;
}

}  // namespace scca::token
