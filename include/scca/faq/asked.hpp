// SPDX-License-Identifier: Apache-2.0
//
// A question or heading to the letter, as one number: blanks and the marks that end a question make no difference. One
// source for the compiler, which lists the keywords of the table by it, and for explain, which looks a text up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::faq {

struct Asked {
    std::uint64_t key = 14695981039346656037U;  ///< FNV-1a of what is left
    std::size_t size = 0;                       ///< its bytes

    constexpr void add(char c) noexcept {
        key = (key ^ static_cast<unsigned char>(c)) * 1099511628211U;
        ++size;
    }
};

[[nodiscard]] constexpr Asked asked(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 4> wide_marks{"？", "！", "。", "："};
    constexpr std::string_view marks = "?!.: \n";
    Asked result;
    while (!text.empty()) {
        std::size_t skip = marks.find(text.front()) != std::string_view::npos ? 1 : 0;
        if (static_cast<unsigned char>(text.front()) >= 0x80) {
            for (const std::string_view mark : wide_marks) {
                if (text.starts_with(mark)) skip = mark.size();
            }
        }
        if (skip == 0) result.add(text.front());
        text.remove_prefix(skip == 0 ? 1 : skip);
    }
    return result;
}

}  // namespace scca::faq
