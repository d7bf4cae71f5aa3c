// SPDX-License-Identifier: Apache-2.0
//
// A symbol among sorted ones: how words and features are found in the tables. No hash, so what stands together in the
// table stands together in memory.
#pragma once

#include <cstdint>

namespace scca::faq {

/// Where `wanted` is among symbols[first, end), which are sorted and all different; `end` where it is not.
/// Without a jump at each step, which the processor would guess wrong.
[[nodiscard]] inline std::uint32_t find_symbol(const char16_t* symbols, std::uint32_t first, std::uint32_t end,
                                               char16_t wanted) noexcept {
    std::uint32_t at = first;
    for (std::uint32_t left = end - first; left > 1;) {
        const std::uint32_t half = left / 2;
        at += symbols[at + half] <= wanted ? half : 0;
        left -= half;
    }
    return at < end && symbols[at] == wanted ? at : end;
}

}  // namespace scca::faq
