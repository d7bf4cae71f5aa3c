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

}  // namespace

/// Letters are brought together first, without a jump, so that eight are taken at a time.
std::uint64_t signature_of(std::string_view line, std::uint64_t codes) {
    constexpr std::size_t eight = 8;
    constexpr std::size_t together = 512;
    std::uint64_t hash = codes;
    std::array<char, together + eight> letters;
    std::size_t count = 0;  // of letters not yet taken, fewer than eight before each run
    while (!line.empty()) {
        const std::string_view run = line.substr(0, together - eight);
        line.remove_prefix(run.size());
        for (const char c : run) {
            letters[count] = c;
            count += counting[static_cast<unsigned char>(c)];
        }
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
