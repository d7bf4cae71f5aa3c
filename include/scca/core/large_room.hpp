// SPDX-License-Identifier: Apache-2.0
//
// Room for many small things that are written one after another and looked for anywhere in it. It comes in large pages
// where the system has them, for the first touch of each of many small ones costs more than what is written there.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>

namespace scca {

class LargeRoom {
public:
    LargeRoom() noexcept = default;
    /// At least so many octets, not initialised, of which the system gives none before they are written to. Empty when
    /// there is no such room.
    explicit LargeRoom(std::size_t octets) noexcept;

    [[nodiscard]] std::span<std::byte> octets() const noexcept { return {begin_.get(), size_}; }

private:
    struct Free {
        void operator()(std::byte* begin) const noexcept { std::free(begin); }
    };

    std::unique_ptr<std::byte[], Free> begin_;
    std::size_t size_ = 0;
};

}  // namespace scca
