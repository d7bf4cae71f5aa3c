// SPDX-License-Identifier: Apache-2.0
#include "scca/token/stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace scca::token {
namespace {

Fault system_fault(std::string call, int number) {
    return {FaultKind::system, std::move(call), {}, number, std::strerror(number)};
}

}  // namespace

Result<FileStream> FileStream::open(const std::string& path) {
    const int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return system_fault("open", errno);
    FileStream stream(descriptor, 0);
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0) return system_fault("fstat", errno);
    if (S_ISDIR(facts.st_mode)) return system_fault("open", EISDIR);
    if (S_ISREG(facts.st_mode)) stream.size_ = static_cast<std::uint64_t>(facts.st_size);
    // Only a hint that it is read from front to back.
    [[maybe_unused]] const int hinted = ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return stream;
}

FileStream::FileStream(FileStream&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

FileStream::~FileStream() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

std::optional<Fault> FileStream::go_to(std::uint64_t byte) {
    if (::lseek(descriptor_, static_cast<off_t>(byte), SEEK_SET) >= 0) return std::nullopt;
    return system_fault("lseek", errno);
}

Result<std::size_t> FileStream::read(std::span<char> into) {
    for (;;) {
        const ssize_t count = ::read(descriptor_, into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return system_fault("read", errno);
    }
}

}  // namespace scca::token
