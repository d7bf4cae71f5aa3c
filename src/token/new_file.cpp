// SPDX-License-Identifier: Apache-2.0
//
// A new file, whole or not at all, and never in place of another.
#include "scca/token/surroundings.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace scca::token {
namespace {

Fault system_fault(std::string call) { return {FaultKind::system, std::move(call), {}, errno, std::strerror(errno)}; }

std::optional<Fault> write_all(int descriptor, ByteView content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) return system_fault("write");
        if (written > 0) content = content.subspan(static_cast<std::size_t>(written));
    }
    return std::nullopt;
}

/// Fails with EEXIST when the name is taken. Some file systems know no such renaming: there a second name is made.
bool give_name(const std::string& from, const std::string& to) noexcept {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    return ::link(from.c_str(), to.c_str()) == 0;
}

}  // namespace

std::optional<Fault> write_new_file(const std::string& path, ByteView content) {
    struct stat there {};
    if (::lstat(path.c_str(), &there) == 0) {
        errno = EEXIST;
        return system_fault("open");
    }
    std::string unfinished = path + ".XXXXXX";
    const int descriptor = ::mkostemp(unfinished.data(), O_CLOEXEC);
    if (descriptor < 0) return system_fault("open");
    std::optional<Fault> fault = write_all(descriptor, content);
    const mode_t hidden = ::umask(0);  // the temporary file is ours alone, the finished one as any other
    ::umask(hidden);
    if (!fault && ::fchmod(descriptor, 0666 & ~hidden) != 0) fault = system_fault("fchmod");
    if (::close(descriptor) != 0 && !fault) fault = system_fault("close");
    if (!fault && !give_name(unfinished, path)) fault = system_fault("rename");
    ::unlink(unfinished.c_str());
    return fault;
}

}  // namespace scca::token
