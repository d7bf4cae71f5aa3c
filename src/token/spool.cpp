// SPDX-License-Identifier: Apache-2.0
#include "scca/token/spool.hpp"

#include "scca/token/stream.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <span>
#include <utility>

namespace scca::token {
namespace {

Fault fault_of(std::string call, int number) {
    return {FaultKind::system, std::move(call), {}, number, std::strerror(number)};
}

std::optional<Fault> write_all(int descriptor, std::span<const char> octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(descriptor, octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fault_of("write", errno);
        octets = octets.subspan(static_cast<std::size_t>(written));
    }
    return std::nullopt;
}

}  // namespace

Result<Spool> Spool::open(const std::string& path, std::uint64_t limit) {
    auto stream = FileStream::open(path);
    if (!stream) return stream.error();
    Spool spool(::memfd_create("scca-doctor", MFD_CLOEXEC));
    if (spool.descriptor_ < 0) return fault_of("memfd_create", errno);
    std::array<char, 65536> block{};
    for (std::uint64_t length = 0;;) {
        const auto count = stream->read(block);
        if (!count) return count.error();
        if (*count == 0) return spool;
        length += *count;
        if (length > limit) return fault_of("read", EFBIG);
        if (const auto fault = write_all(spool.descriptor_, std::span(block).first(*count))) return *fault;
    }
}

Result<Spool> Spool::make() {
    const char* const wanted = std::getenv("TMPDIR");
    for (const char* const folder : {wanted, "/var/tmp", "/tmp"}) {
        if (folder == nullptr || *folder == '\0') continue;
        Spool spool(::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (spool.descriptor_ >= 0) return spool;
    }
    Spool spool(::memfd_create("scca-doctor", MFD_CLOEXEC));
    if (spool.descriptor_ < 0) return fault_of("memfd_create", errno);
    return spool;
}

std::optional<Fault> Spool::append(std::string_view text) { return write_all(descriptor_, text); }

Spool::Spool(Spool&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Spool::~Spool() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

// Not /proc/self/fd: that is how a caller hands something over that must not be opened twice.
std::string Spool::path() const { return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(descriptor_); }

}  // namespace scca::token
