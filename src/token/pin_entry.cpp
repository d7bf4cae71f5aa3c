// SPDX-License-Identifier: Apache-2.0
//
// From the terminal or a descriptor into a pipe. The one buffer that a PIN stands in meanwhile is PinReader's.
#include "scca/token/sign.hpp"

#include "owned_fd.hpp"
#include "scca/token/wire.hpp"
#include "unseen.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>

namespace scca::token {
namespace {

constexpr const char* terminal_path = "/dev/tty";

Fault refused(const char* call, int number) { return {FaultKind::system, call, {}, number, std::strerror(number)}; }

/// One line, on its way; wiped with the object.
class PinReader {
public:
    PinReader() = default;
    PinReader(const PinReader&) = delete;
    PinReader& operator=(const PinReader&) = delete;
    ~PinReader() { explicit_bzero(line_.data(), line_.size()); }

    /// An octet at a time, for what follows the line is not ours. Forgets what it read before. False when the system
    /// refuses.
    [[nodiscard]] bool read_line(int descriptor) {
        size_ = 0;
        while (size_ < line_.size()) {
            const ssize_t count = read(descriptor, line_.data() + size_, 1);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return false;
            if (count == 0 || line_[size_] == '\n') break;
            ++size_;
        }
        // A file that was made on Windows; no keyboard has this in a PIN.
        if (size_ > 0 && line_[size_ - 1] == '\r') --size_;
        return true;
    }

    [[nodiscard]] Result<PinPipe> pour() {
        if (size_ > wire::max_pin) return Fault{FaultKind::garbled, "read", {}, 0, {}};
        // A NUL ends the PIN for SKF; no keyboard types the others. Each would cost a try.
        for (std::size_t i = 0; i < size_; ++i) {
            const auto octet = static_cast<unsigned char>(line_[i]);
            if (octet >= 0x20 && octet != 0x7F) continue;
            return Fault{FaultKind::damaged, "read", {}, static_cast<std::int64_t>(i), {}};
        }
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return refused("pipe2", errno);
        const OwnedFd entrance(ends[1]);
        OwnedFd exit(ends[0]);
        // Not one of the numbers that the child is to find filled.
        const int high = fcntl(exit.number(), F_DUPFD_CLOEXEC, wire::descriptor + 1);
        if (high < 0) return refused("fcntl", errno);
        // Far less than any pipe holds: this does not wait for a reader.
        if (write(entrance.number(), line_.data(), size_) != static_cast<ssize_t>(size_)) {
            ::close(high);
            return refused("write", errno);
        }
        return PinPipe(high, size_);
    }

private:
    std::array<char, wire::max_pin + 2> line_{};
    std::size_t size_ = 0;
};

}  // namespace

PinPipe::~PinPipe() {
    if (end_ >= 0) ::close(end_);
}

bool has_terminal() { return OwnedFd(open(terminal_path, O_RDWR | O_CLOEXEC | O_NOCTTY)).is_open(); }

bool can_read_from(int descriptor) {
    const int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

Result<PinPipe> ask_for_pin(const std::string& prompt) {
    PinReader reader;
    int refusal = 0;
    const auto take = [&](int terminal) {
        // Ctrl-D behind the PIN ends the line as well; nothing more comes then.
        refusal = reader.read_line(terminal) || errno == EAGAIN ? 0 : errno;
    };
    if (auto fault = ask_unseen(prompt, take)) return std::move(*fault);
    if (refusal != 0) return refused("read", refusal);
    return reader.pour();
}

Result<PinPipe> take_pin(int descriptor) {
    PinReader reader;
    if (!reader.read_line(descriptor)) return refused("read", errno);
    return reader.pour();
}

}  // namespace scca::token
