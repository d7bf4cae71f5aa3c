// SPDX-License-Identifier: Apache-2.0
//
// What in a log may be a piece of something known, as tables that scca-log-compiler makes during the build, and how
// they are looked up. Six bytes are a gram, by its hash; only the compiler and LogHits see this.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::explain::log_tables {

inline constexpr std::size_t gram_length = 6;
/// Of a phrase that announces a code, and of a word that is one: so long that one of three grams in a row is looked at.
inline constexpr std::size_t window_length = 8;
/// What the grams of a line must weigh together.
inline constexpr unsigned enough = 4;

inline constexpr unsigned filter_bits = 21;  ///< bits of `filter`, as a power of two
inline constexpr unsigned row_bits = 17;     ///< rows of `rows`, likewise
inline constexpr unsigned word_bits = 16;    ///< bits of `code_word_bits`, likewise

/// What is known of a gram, by part of its hash, which with its place tells nearly all of them apart.
struct Row {
    std::uint16_t tag : 12 = 0;
    std::uint16_t weight : 3 = 0;   ///< as a piece of a message
    std::uint16_t of_code : 1 = 0;  ///< or of a word or phrase that may stand for a code

    [[nodiscard]] constexpr bool is_known() const noexcept { return weight != 0 || of_code != 0; }
};

extern const std::uint64_t filter[];            ///< two bits for each gram that has a row (Bloom 1970)
extern const Row rows[];                        ///< probing is linear
extern const std::uint32_t code_word_hashes[];  ///< of words and windows, sorted
extern const std::size_t code_word_hashes_size;
extern const std::uint64_t code_word_bits[];  ///< the same, for a first look

/// Of the six bytes of eight that come first in memory.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t eight) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    constexpr unsigned others = 8 * (8 - gram_length);
    return std::endian::native == std::endian::little ? eight * (odd << others) : (eight >> others) * odd;
}
/// What finds the second bit as `hash` finds the first.
[[nodiscard]] constexpr std::uint64_t second(std::uint64_t hash) noexcept { return hash * 0xD6E8FEB86659FD93U; }
[[nodiscard]] constexpr std::size_t filter_word(std::uint64_t hash) noexcept { return hash >> (64 - filter_bits + 6); }
[[nodiscard]] constexpr unsigned filter_bit(std::uint64_t hash) noexcept {
    return static_cast<unsigned>(hash >> (64 - filter_bits) & 63U);
}
[[nodiscard]] constexpr std::uint16_t tag_of(std::uint64_t hash) noexcept { return hash >> 32U & 0xFFFU; }

/// The row of a gram, or the free one where it would stand.
[[nodiscard]] constexpr std::size_t place_in(const Row* table, std::uint64_t hash) noexcept {
    constexpr std::size_t mask = (std::size_t{1} << row_bits) - 1;
    std::size_t place = hash >> (64 - row_bits);
    while (table[place].is_known() && table[place].tag != tag_of(hash)) place = (place + 1) & mask;
    return place;
}

/// A word without 0x, and without regard to case.
[[nodiscard]] constexpr std::uint32_t word_hash(std::string_view word) noexcept {
    if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) word.remove_prefix(2);
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : word) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        hash = (hash ^ static_cast<unsigned char>(lower)) * 16777619U;
    }
    return hash;
}

}  // namespace scca::explain::log_tables
