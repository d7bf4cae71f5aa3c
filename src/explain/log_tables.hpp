// SPDX-License-Identifier: Apache-2.0
//
// What in a log may be a piece of something known, as tables that scca-log-compiler makes during the build, and how
// they are looked up. Six bytes are a gram, by its hash; only the compiler and LogFilter see this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::explain::log_tables {

inline constexpr std::size_t gram_length = 6;
/// What the grams of a line must weigh together.
inline constexpr unsigned enough = 5;
/// Grams that weigh so little only say that a text is about files or certificates.
inline constexpr unsigned says_nothing = 1;

inline constexpr unsigned bloom_bits = 14;  ///< words of `bloom`, as a power of two
inline constexpr unsigned known_bits = 17;  ///< rows of `known`, likewise
inline constexpr unsigned word_bits = 16;   ///< bits of `code_word_bits`, likewise

/// A gram by part of its hash, which with its place tells nearly all of them apart. Probing is linear.
struct Known {
    std::uint32_t tag : 24 = 0;
    std::uint32_t weight : 3 = 0;   ///< as a piece of a message
    std::uint32_t of_code : 1 = 0;  ///< or of a word that is a code
    std::uint32_t taken : 1 = 0;
};

extern const std::uint64_t bloom[];             ///< grams that weigh more than nothing: two bits each of one word
extern const Known known[];                     ///< every gram
extern const std::uint32_t code_word_hashes[];  ///< hashes, sorted
extern const std::size_t code_word_hashes_size;
extern const std::uint64_t code_word_bits[];  ///< the same, for a first look

[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t gram) noexcept { return gram * 0x9E3779B97F4A7C15U; }
[[nodiscard]] constexpr std::size_t bloom_word(std::uint64_t hash) noexcept { return hash >> (64 - bloom_bits); }
[[nodiscard]] constexpr unsigned first_bit(std::uint64_t hash) noexcept {
    return static_cast<unsigned>(hash >> 44U & 63U);
}
[[nodiscard]] constexpr unsigned second_bit(std::uint64_t hash) noexcept {
    return static_cast<unsigned>(hash >> 38U & 63U);
}
[[nodiscard]] constexpr std::uint64_t bloom_mask(std::uint64_t hash) noexcept {
    return std::uint64_t{1} << first_bit(hash) | std::uint64_t{1} << second_bit(hash);
}
[[nodiscard]] constexpr std::uint32_t tag_of(std::uint64_t hash) noexcept { return hash >> 16U & 0xFFFFFFU; }

/// The row of a gram, or the free one where it would stand.
[[nodiscard]] constexpr std::size_t place_of(const Known* rows, std::uint64_t hash) noexcept {
    constexpr std::size_t mask = (std::size_t{1} << known_bits) - 1;
    std::size_t place = hash >> (64 - known_bits);
    while (rows[place].taken != 0 && rows[place].tag != tag_of(hash)) place = (place + 1) & mask;
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
