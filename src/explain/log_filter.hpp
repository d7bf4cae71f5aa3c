// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a log may hold something of the table, decided at memory speed: every third byte begins six that are
// looked up in a set made of the table's messages, symbols and codes in their usual spellings and encodings. Says only
// "perhaps"; explain() decides.
#pragma once

#include "log_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::explain {

class LogFilter {
public:
    /// A piece of eight bytes, such as a code of eight digits, has one of its grams looked at wherever it stands.
    static constexpr std::size_t stride = 3;
    /// What the grams of a line must weigh together.
    static constexpr unsigned enough = log_tables::enough;

    struct Hit {
        std::size_t at = std::string_view::npos;
        unsigned weight = 0;
        std::uint64_t code = 0;  ///< stands for the code that it belongs to; 0 for none

        [[nodiscard]] bool found() const noexcept { return at != std::string_view::npos; }
    };
    /// The next known gram that begins at `from` plus a multiple of the stride and ends before `end`; looks no further
    /// than it must at what stands around it.
    [[nodiscard]] static Hit find_next(std::string_view bytes, std::size_t from, std::size_t end) noexcept;
    /// Whether a word is spelt like a code of the table: in hexadecimal, decimal, or a symbol.
    [[nodiscard]] static bool is_code(std::string_view word) noexcept;

private:
    [[nodiscard]] static std::size_t find_perhaps(std::string_view bytes, std::size_t from, std::size_t end) noexcept;
    [[nodiscard]] static Hit hit_at(std::string_view bytes, std::size_t at) noexcept;
};

}  // namespace scca::explain
