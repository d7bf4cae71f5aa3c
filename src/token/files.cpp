// SPDX-License-Identifier: Apache-2.0
//
// Files that were named by the user, read whole and within bounds.
#include "scca/token/path_stream.hpp"
#include "scca/token/surroundings.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace scca::token {
namespace {

constexpr std::size_t read_at_once = 8192;

Fault system_fault(std::string call) { return {FaultKind::system, std::move(call), {}, errno, std::strerror(errno)}; }

/// Closes the descriptor unless it is standard input.
class InputFile {
public:
    /// A pipe without a writer would be waited for while it is opened: a path must not do that.
    explicit InputFile(const std::string& path)
        : handed_over_(is_handed_over(path)),
          descriptor_(path == "-"
                          ? STDIN_FILENO
                          : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | (handed_over_ ? 0 : O_NONBLOCK))) {}
    ~InputFile() {
        if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] bool handed_over() const noexcept { return handed_over_; }

private:
    bool handed_over_;
    int descriptor_;
};

std::optional<Fault> write_and_close(int descriptor, ByteView content) {
    std::optional<Fault> fault;
    while (!content.empty() && !fault) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written >= 0) {
            content = content.subspan(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            fault = system_fault("write");
        }
    }
    if (::close(descriptor) != 0 && !fault) fault = system_fault("close");
    return fault;
}

Fault no_file() { return {FaultKind::system, "open", {}, ENOTSUP, "no plain file"}; }

/// The fault that stands against reading it; otherwise room for all of it and how long it is, 0 when it does not tell.
std::optional<Fault> prepare(const InputFile& input, std::size_t limit, Bytes& content, std::size_t& length) {
    // A socket cannot be opened at all, nor can a device without its hardware (open(2)).
    if (input.descriptor() < 0) return errno == ENXIO || errno == ENODEV ? no_file() : system_fault("open");
    if (input.handed_over()) return std::nullopt;
    struct stat facts {};
    if (::fstat(input.descriptor(), &facts) != 0) return system_fault("fstat");
    if (S_ISDIR(facts.st_mode)) return Fault{FaultKind::system, "open", {}, EISDIR, std::strerror(EISDIR)};
    if (!S_ISREG(facts.st_mode)) return no_file();
    length = static_cast<std::size_t>(std::max<off_t>(facts.st_size, 0));
    content.reserve(std::min(limit + read_at_once, length) + 1);
    return std::nullopt;
}

}  // namespace

bool is_no_file(const Fault& fault) { return fault.kind == FaultKind::system && fault.number == ENOTSUP; }

FileGiven read_file(const std::string& path, std::size_t limit, Bytes room) {
    room.clear();
    FileGiven file{.path = path, .content = std::move(room), .fault = {}};
    const InputFile input(path);
    std::size_t length = 0;
    file.fault = prepare(input, limit, file.content, length);
    if (file.fault) return file;
    for (;;) {
        const std::size_t before = file.content.size();
        // One octet more than there should be: a read that leaves it empty has met the end.
        const std::size_t wanted = before < length ? std::min(read_at_once, length - before + 1) : read_at_once;
        file.content.resize(before + wanted);
        const ssize_t count = ::read(input.descriptor(), file.content.data() + before, wanted);
        file.content.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) file.fault = system_fault("read");
        if (count <= 0) return file;
        if (file.content.size() > limit) {
            file.fault = Fault{FaultKind::system, "read", {}, EFBIG, std::strerror(EFBIG)};
            return file;
        }
        if (file.content.size() == length && static_cast<std::size_t>(count) < wanted) return file;
    }
}

std::optional<Fault> write_file(const std::string& path, ByteView content, unsigned mode) {
    struct stat there {};
    if (::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return descriptor < 0 ? system_fault("open") : write_and_close(descriptor, content);
    }
    // Of its own name, so that it is neither somebody else's file nor a link that was put there.
    const std::string unfinished = path + ".part" + std::to_string(::getpid());
    const int descriptor =
        ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, static_cast<mode_t>(mode));
    if (descriptor < 0) return system_fault("open");
    std::optional<Fault> fault = write_and_close(descriptor, content);
    if (!fault && ::rename(unfinished.c_str(), path.c_str()) != 0) fault = system_fault("rename");
    if (fault) ::unlink(unfinished.c_str());
    return fault;
}

std::vector<FileGiven> read_tree(const std::string& path) {
    PathStream paths({path});
    std::vector<FileGiven> files;
    for (auto found = paths.next(); found && files.size() < most_files_of_tree; found = paths.next()) {
        files.push_back(read_file(found->path));
    }
    return files;
}

}  // namespace scca::token
