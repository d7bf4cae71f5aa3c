// SPDX-License-Identifier: Apache-2.0
#include "log_memory.hpp"

#include <array>
#include <bit>

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
    for (const char c : line) {
        const Share& share = shares[static_cast<unsigned char>(c)];
        hash = std::rotl(hash, share.turn) ^ share.bits;
    }
    hash *= 0x9E3779B97F4A7C15U;
    return hash == 0 ? 1 : hash;
}

}  // namespace scca::explain
