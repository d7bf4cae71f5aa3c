// SPDX-License-Identifier: Apache-2.0
//
// A text as one byte a character, in which codes are looked for: lower case, full-width forms made ASCII, anything else
// a letter of another script (\x01) or, for other spaces and signs, a blank.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

struct AsciiView {
    std::string characters;
    std::vector<std::uint32_t> at;  ///< of each character in the text, and the end of the text

    [[nodiscard]] char operator[](std::size_t i) const noexcept { return i < characters.size() ? characters[i] : '\0'; }
    [[nodiscard]] char before(std::size_t i) const noexcept { return i == 0 ? '\0' : characters[i - 1]; }
    [[nodiscard]] std::size_t size() const noexcept { return characters.size(); }
};

[[nodiscard]] AsciiView ascii_view(std::string_view text);

}  // namespace scca::explain
