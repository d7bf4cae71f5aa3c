// SPDX-License-Identifier: Apache-2.0
//
// A PIN on its way from a descriptor to the one call that takes it. It stands in this object's own memory and nowhere
// else of ours, which is kept out of swap where that is allowed, and is wiped with the object. It is not copied, moved,
// compared or told.
#pragma once

#include "scca/token/wire.hpp"

#include <array>
#include <cstddef>

namespace scca::host {

class Pin {
public:
    Pin();
    ~Pin();
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;

    /// Takes all that there is to read; false when that is nothing, or more than a PIN.
    [[nodiscard]] bool read(int descriptor);
    void wipe() noexcept;

    /// Ends with NUL.
    [[nodiscard]] void* address() noexcept { return octets_.data(); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    std::array<char, token::wire::max_pin + 2> octets_{};
    std::size_t size_ = 0;
};

}  // namespace scca::host
