// SPDX-License-Identifier: Apache-2.0
#include "log_memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace scca::explain {
namespace {

/// Whether a byte counts: digits, and letters that are digits of hexadecimal numbers, do not.
constexpr std::array<std::uint8_t, 256> make_counting() {
    std::array<std::uint8_t, 256> counting{};
    for (unsigned c = 0; c < 256; ++c) {
        const unsigned lower = c | 0x20U;
        const bool digit = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f' && c < 0x80);
        counting[c] = digit ? 0 : 1;
    }
    return counting;
}
constexpr std::array<std::uint8_t, 256> counting = make_counting();

constexpr std::uint64_t with(std::uint64_t hash, std::uint64_t letters) noexcept {
    return (std::rotl(hash, 29) ^ letters) * 0x9E3779B97F4A7C15U;
}

/// Brings the letters of a text together, without a jump, its two halves side by side. Returns how many there are.
/// Needs room for the text twice.
std::size_t bring_together(std::string_view text, char* letters) noexcept {
    const std::size_t half = text.size() / 2;
    const std::size_t rest = text.size() - half;
    char* const others = letters + text.size();
    std::size_t count = 0;
    std::size_t other_count = 0;
    const auto take = [](char c, char* to, std::size_t& taken) {
        to[taken] = c;
        taken += counting[static_cast<unsigned char>(c)];
    };
    for (std::size_t i = 0; i < half; ++i) {
        take(text[i], letters, count);
        take(text[half + i], others, other_count);
    }
    if (rest > half) take(text.back(), others, other_count);
    std::memcpy(letters + count, others, other_count);
    return count + other_count;
}

}  // namespace

std::uint64_t signature_of(std::string_view line, std::uint64_t codes) {
    constexpr std::size_t eight = 8;
    constexpr std::size_t together = 504;
    std::uint64_t hash = codes;
    std::array<char, 2 * together + eight> letters;
    std::size_t count = 0;  // of letters not yet taken, fewer than eight before each run
    while (!line.empty()) {
        const std::string_view run = line.substr(0, together);
        line.remove_prefix(run.size());
        count += bring_together(run, letters.data() + count);
        if (line.empty()) std::memset(letters.data() + count, 0, eight);
        const std::size_t taken = line.empty() ? count : count - count % eight;
        for (std::size_t i = 0; i < taken; i += eight) {
            std::uint64_t word = 0;
            std::memcpy(&word, letters.data() + i, eight);
            hash = with(hash, word);
        }
        count -= std::min(count, taken);
        std::memmove(letters.data(), letters.data() + taken, count);
    }
    hash = with(hash, 0);
    return hash == 0 ? 1 : hash;
}

}  // namespace scca::explain
