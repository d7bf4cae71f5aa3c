// SPDX-License-Identifier: Apache-2.0
#include "log_memory.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace scca::explain {
namespace {

/// What a byte adds to a signature, and whether it counts at all: digits, and letters that are digits of hexadecimal
/// numbers, do not.
struct Share {
    std::uint64_t bits = 0;
    int turn = 0;
};

constexpr std::array<Share, 256> make_shares() {
    std::array<Share, 256> shares{};
    std::uint64_t state = 0x9E3779B97F4A7C15U;
    for (unsigned c = 0; c < 256; ++c) {
        const unsigned lower = c | 0x20U;
        const bool digit = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f' && c < 0x80);
        // xorshift64 (Marsaglia 2003)
        state ^= state << 13U;
        state ^= state >> 7U;
        state ^= state << 17U;
        if (!digit) shares[c] = {state, 5};
    }
    return shares;
}
constexpr std::array<Share, 256> shares = make_shares();

}  // namespace

std::uint64_t signature_of(std::string_view line, std::uint64_t codes) {
    std::uint64_t hash = codes;
    constexpr std::size_t eight = 8;
    for (std::size_t i = 0; i < line.size();) {
        // Chinese in eights from where it begins, which is the same whatever numbers stood before it.
        if (static_cast<unsigned char>(line[i]) >= 0x80) {
            for (; i + eight <= line.size(); i += eight) {
                std::uint64_t letters = 0;
                std::memcpy(&letters, line.data() + i, eight);
                if ((letters & 0x8080808080808080U) != 0x8080808080808080U) break;
                hash = (std::rotl(hash, 29) ^ letters) * 0x9E3779B97F4A7C15U;
            }
            if (i == line.size()) break;
        }
        do {
            const Share& share = shares[static_cast<unsigned char>(line[i++])];
            hash = std::rotl(hash, share.turn) ^ share.bits;
        } while (i < line.size() && static_cast<unsigned char>(line[i]) >= 0x80);
        while (i < line.size() && static_cast<unsigned char>(line[i]) < 0x80) {
            const Share& share = shares[static_cast<unsigned char>(line[i++])];
            hash = std::rotl(hash, share.turn) ^ share.bits;
        }
    }
    hash *= 0x9E3779B97F4A7C15U;
    return hash == 0 ? 1 : hash;
}

}  // namespace scca::explain
