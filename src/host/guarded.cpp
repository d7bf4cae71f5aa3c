// SPDX-License-Identifier: Apache-2.0
//
// The guard pattern differs from octet to octet, so that no constant that a module writes looks untouched.
#include "guarded.hpp"

#include <algorithm>
#include <cstring>

namespace scca::host {
namespace {

constexpr std::uint8_t guard_at(std::size_t position) noexcept {
    return static_cast<std::uint8_t>(0xA5U ^ (position * 31U));
}

}  // namespace

Guarded::Guarded(std::size_t octets, std::uint8_t fill)
    : octets_(octets), fill_(fill), storage_(front + octets + back, fill) {
    for (std::size_t i = 0; i < front; ++i) storage_[i] = guard_at(i);
    for (std::size_t i = front + octets; i < storage_.size(); ++i) storage_[i] = guard_at(i);
}

Guarded Guarded::copy(ByteView octets) {
    Guarded made(octets.size(), 0);
    std::copy(octets.begin(), octets.end(), made.storage_.begin() + front);
    return made;
}

Guarded Guarded::text(std::string_view text) {
    Guarded copy(text.size() + 1, 0);
    std::memcpy(copy.address(), text.data(), text.size());
    return copy;
}

Guarded Guarded::cell(std::size_t octets, std::uint32_t value) {
    Guarded made(octets, 0);
    std::memcpy(made.address(), &value, sizeof value);
    return made;
}

std::size_t Guarded::written() const noexcept {
    const ByteView all = content();
    std::size_t count = all.size();
    while (count > 0 && all[count - 1] == fill_) --count;
    return count;
}

bool Guarded::intact() const noexcept {
    for (std::size_t i = 0; i < front; ++i) {
        if (storage_[i] != guard_at(i)) return false;
    }
    for (std::size_t i = front + octets_; i < storage_.size(); ++i) {
        if (storage_[i] != guard_at(i)) return false;
    }
    return true;
}

std::uint32_t Guarded::number() const noexcept {
    std::uint32_t value = 0;
    std::memcpy(&value, content().data(), std::min(sizeof value, octets_));
    return value;
}

void* Guarded::pointer() const noexcept {
    void* value = nullptr;
    std::memcpy(&value, content().data(), std::min(sizeof value, octets_));
    return value;
}

}  // namespace scca::host
