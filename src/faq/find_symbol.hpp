// SPDX-License-Identifier: Apache-2.0
//
// A row by its symbol: how words and features are found in the tables. No hash, so what stands together in the table
// stands together in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace scca::faq {

/// The row with this symbol among rows that are sorted by symbol and all different; null where there is none.
/// Without a jump at each step, which the processor would guess wrong.
template <class Row>
[[nodiscard]] const Row* find_symbol(std::span<const Row> rows, char16_t symbol) noexcept {
    const Row* at = rows.data();
    for (std::size_t left = rows.size(); left > 1;) {
        const std::size_t half = left / 2;
        at += at[half].symbol <= symbol ? half : 0;
        left -= half;
    }
    return !rows.empty() && at->symbol == symbol ? at : nullptr;
}

}  // namespace scca::faq
