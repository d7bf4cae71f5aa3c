// SPDX-License-Identifier: Apache-2.0
#include "pin.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace scca::host {

// Best effort: who may lock no memory at all has a PIN in it all the same.
Pin::Pin() { static_cast<void>(mlock(octets_.data(), octets_.size())); }

Pin::~Pin() {
    wipe();
    static_cast<void>(munlock(octets_.data(), octets_.size()));
}

bool Pin::read(int descriptor) {
    for (;;) {
        // One octet of room is left for the NUL, and one that must stay empty.
        const ssize_t count = ::read(descriptor, octets_.data() + size_, octets_.size() - 1 - size_);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) wipe();
        if (count <= 0) break;
        size_ += static_cast<std::size_t>(count);
        if (size_ > token::wire::max_pin) {
            wipe();
            break;
        }
    }
    return size_ > 0;
}

void Pin::wipe() noexcept {
    explicit_bzero(octets_.data(), octets_.size());
    size_ = 0;
}

}  // namespace scca::host
