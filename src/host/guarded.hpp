// SPDX-License-Identifier: Apache-2.0
//
// Memory that is lent to a vendor's module: so many octets, with a guard pattern before and behind them that shows
// whether the module wrote past what it was given. It cannot stop a module from writing; it notices.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::host {

class Guarded {
public:
    /// The two patterns that tell written octets from untouched ones.
    static constexpr std::uint8_t first_fill = 0xCC;
    static constexpr std::uint8_t second_fill = 0x33;

    Guarded(std::size_t octets, std::uint8_t fill);

    /// A copy of these octets.
    [[nodiscard]] static Guarded copy(ByteView octets);
    /// A name as modules take it: with its NUL.
    [[nodiscard]] static Guarded text(std::string_view text);
    /// An integer of so many octets, at least four: `value` in the low 32 bits, the rest zero.
    [[nodiscard]] static Guarded cell(std::size_t octets, std::uint32_t value);
    /// A zeroed pointer.
    [[nodiscard]] static Guarded handle() { return {sizeof(void*), 0}; }

    [[nodiscard]] void* address() noexcept { return storage_.data() + front; }
    [[nodiscard]] ByteView content() const noexcept { return ByteView(storage_).subspan(front, octets_); }
    /// Octets up to the last one that differs from the fill.
    [[nodiscard]] std::size_t written() const noexcept;
    [[nodiscard]] bool intact() const noexcept;

    /// What stands in a cell (little-endian machines: the low 32 bits of either width), or in a handle.
    [[nodiscard]] std::uint32_t number() const noexcept;
    [[nodiscard]] void* pointer() const noexcept;

private:
    static constexpr std::size_t front = 64;
    static constexpr std::size_t back = 4096;

    std::size_t octets_;
    std::uint8_t fill_;
    Bytes storage_;
};

}  // namespace scca::host
