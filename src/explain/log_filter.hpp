// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a log may hold something of the table, decided at memory speed: every third byte begins six that are
// looked up in a set made of the table's messages, symbols and codes in their usual spellings and encodings. Says only
// "perhaps"; explain() decides.
#pragma once

#include "log_tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::explain {

/// The known grams of some bytes, in order.
class LogHits {
public:
    /// What the grams of a line must weigh together.
    static constexpr unsigned enough = log_tables::enough;

    struct Hit {
        std::size_t at = std::string_view::npos;
        unsigned weight = 0;
        std::uint32_t code = 0;  ///< stands for the code that it belongs to; 0 for none

        [[nodiscard]] bool found() const noexcept { return at != std::string_view::npos; }
    };

    /// The bytes must stay. So many come before them: the same grams are looked at however a log is cut.
    LogHits(std::string_view bytes, std::uint64_t before) noexcept
        : bytes_(bytes), looked_at_(std::min<std::size_t>((stride - before % stride) % stride, bytes.size())) {}

    /// The next one; not found when there are no more.
    [[nodiscard]] Hit next() noexcept;

private:
    /// A piece of eight bytes, such as a code of eight digits, has one of its grams looked at wherever it stands.
    static constexpr std::size_t stride = log_tables::window_length - log_tables::gram_length + 1;
    /// So many grams are looked at in one go.
    static constexpr std::size_t together = 2048;

    void look_at_more() noexcept;
    [[nodiscard]] Hit hit_at(std::size_t at) const noexcept;
    /// Of the word that the gram belongs to, or a phrase that announces a code.
    [[nodiscard]] std::uint32_t code_around(std::size_t at) const noexcept;

    std::string_view bytes_;
    std::size_t looked_at_;  ///< the first byte of the next gram
    std::size_t origin_ = 0;
    std::array<std::uint16_t, together> places_;  ///< of those that are likely to be known, counted from `origin_`
    std::size_t taken_ = 0, count_ = 0;           ///< of `places_`
};

}  // namespace scca::explain
