// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a log may hold something of the table, decided at memory speed: every third byte begins six that are
// looked up in a set made of the table's messages, symbols and codes in their usual spellings and encodings. Says only
// "perhaps"; explain() decides.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

class LogFilter {
public:
    static constexpr std::size_t gram_length = 6;
    /// A piece of eight bytes, such as a code of eight digits, has one of its grams looked at wherever it stands.
    static constexpr std::size_t stride = 3;
    /// What the grams of a line must weigh together.
    static constexpr int enough = 5;

    LogFilter();

    /// Where the next gram that may be known begins: `from` plus a multiple of the stride, or npos.
    [[nodiscard]] std::size_t find_next(std::string_view bytes, std::size_t from) const noexcept;
    struct Hit {
        int weight = 0;          ///< 0 when the gram is not known after all
        std::uint64_t code = 0;  ///< stands for the code that it belongs to; 0 for none
    };
    [[nodiscard]] Hit hit_at(std::string_view bytes, std::size_t at) const noexcept;
    /// Whether a word is spelt like a code of the table: in hexadecimal, decimal, or a symbol.
    [[nodiscard]] bool is_code(std::string_view word) const noexcept;

private:
    /// A gram by part of its hash, which with its place tells nearly all of them apart.
    struct Known {
        std::uint32_t tag : 24 = 0;
        std::uint32_t weight : 3 = 0;   ///< as a piece of a message
        std::uint32_t of_code : 1 = 0;  ///< or of a word that is a code
        std::uint32_t taken : 1 = 0;
    };

    /// Reads eight bytes, which is faster than six.
    static std::uint64_t load_fast(const char* at) noexcept {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at, sizeof eight);
        return eight & 0xFFFFFFFFFFFFU;
    }
    static std::uint64_t load(const char* at) noexcept {
        std::uint64_t gram = 0;
        std::memcpy(&gram, at, gram_length);
        return gram;
    }
    static std::uint64_t mixed(std::uint64_t gram) noexcept { return gram * 0x9E3779B97F4A7C15U; }
    /// Two bits of one of the words of `bloom_`.
    static std::uint64_t bits_of(std::uint64_t hash) noexcept {
        return std::uint64_t{1} << (hash >> 46U & 63U) | std::uint64_t{1} << (hash >> 40U & 63U);
    }

    void add_messages();
    void add_codes();
    void add_text(std::string_view text, int weight, bool of_code);
    void add_gram(std::uint64_t gram, unsigned weight, bool of_code);
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept;
    void add_word(std::string_view word);
    void fill_bloom();

    static constexpr unsigned says_nothing = 1;
    static constexpr unsigned bloom_bits = 13;  ///< words, as a power of two
    static constexpr unsigned known_bits = 17;
    std::vector<std::uint64_t> bloom_;
    std::vector<Known> known_;
    std::vector<std::uint32_t> code_words_;  ///< hashes, sorted
    std::bitset<1U << 16U> code_word_bits_;  ///< the same, for a first look
    std::uint16_t texts_ = 0;
    std::vector<std::uint64_t> grams_;      ///< while they are collected
    std::vector<std::uint16_t> last_text_;  ///< which text had a gram last
};

}  // namespace scca::explain
