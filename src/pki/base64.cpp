// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/container.hpp"

#include "white_space.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace scca::pki {
namespace {

constexpr std::uint8_t foreign = 0xFF;
constexpr std::uint8_t space = 0xFE;
constexpr std::uint8_t padding = 0xFD;

constexpr std::array<std::uint8_t, 256> make_alphabet() {
    std::array<std::uint8_t, 256> alphabet{};
    alphabet.fill(foreign);
    std::uint8_t value = 0;
    for (std::size_t c = 'A'; c <= 'Z'; ++c) alphabet[c] = value++;
    for (std::size_t c = 'a'; c <= 'z'; ++c) alphabet[c] = value++;
    for (std::size_t c = '0'; c <= '9'; ++c) alphabet[c] = value++;
    alphabet['+'] = alphabet['-'] = 62;
    alphabet['/'] = alphabet['_'] = 63;
    alphabet['='] = padding;
    for (const std::size_t c : {0x00U, 0x09U, 0x0AU, 0x0DU, 0x20U}) alphabet[c] = space;
    return alphabet;
}

constexpr auto alphabet = make_alphabet();

/// Of the alphabet for addresses (RFC 4648 section 5), which never stands mixed with '+' and '/'.
constexpr bool is_url_safe(std::size_t c) noexcept { return c == '-' || c == '_'; }

/// Bits above a group of three octets: a character among the four is no digit, or a rare one.
constexpr std::uint32_t no_group = 0xFF000000U;

/// What a character stands for at each of the four places of a group.
constexpr std::array<std::array<std::uint32_t, 256>, 4> make_places() {
    std::array<std::array<std::uint32_t, 256>, 4> places{};
    for (std::size_t place = 0; place < 4; ++place) {
        for (std::size_t c = 0; c < 256; ++c) {
            const std::uint32_t value = alphabet[c];
            places[place][c] = value < 64 && !is_url_safe(c) ? value << (18 - 6 * place) : no_group;
        }
    }
    return places;
}

constexpr auto places = make_places();

/// Groups of four characters of the alphabet from `at` on, in threes to `out`; returns where they end.
std::size_t take_groups(ByteView text, std::size_t at, std::uint8_t*& out) {
    std::uint8_t* octets = out;  // which may not point to itself: nothing need be stored but the octets
    for (; text.size() - at >= 4; at += 4) {
        const std::uint32_t group =
            places[0][text[at]] | places[1][text[at + 1]] | places[2][text[at + 2]] | places[3][text[at + 3]];
        if (group >= no_group) break;
        octets[0] = static_cast<std::uint8_t>(group >> 16U);
        octets[1] = static_cast<std::uint8_t>(group >> 8U & 0xFFU);
        octets[2] = static_cast<std::uint8_t>(group & 0xFFU);
        octets += 3;
    }
    out = octets;
    return at;
}

/// How many octets a text gave, and where it breaks, as Base64 has it.
struct Decoded {
    std::size_t octets = 0;
    std::optional<std::size_t> breaks_at;
};

/// Found soon, where there is one.
bool has_usual_digit(ByteView text) noexcept {
    const std::string_view characters = as_text(text);
    return characters.find('/') != std::string_view::npos || characters.find('+') != std::string_view::npos;
}

/// RFC 4648 section 4: padding, where there is any, fills a group.
bool fits(std::size_t digits, std::size_t padded) noexcept {
    return digits != 1 && (padded == 0 || digits + padded == 4);
}

/// To `octets`, which may be where the text stands: behind each group of it are no more octets than it had characters.
Decoded decode_to(ByteView text, std::uint8_t* const octets) {
    std::uint8_t* out = octets;
    std::uint32_t group = 0;
    std::size_t digits = 0;  // of a group that is not whole
    std::size_t padded = 0;
    const bool is_usual = has_usual_digit(text);
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        // Lines are whole groups, as a rule.
        if (digits == 0 && padded == 0) at = take_groups(text, at, out);
        if (at == text.size()) break;
        const std::uint8_t value = alphabet[text[at]];
        if (value == space) continue;
        if (value == foreign) {
            const std::size_t width = white_space_at(as_text(text), at);
            if (width == 0) break;
            at += width - 1;
            continue;
        }
        if (padded != 0 && value != padding) break;
        if (value == padding) {
            ++padded;
            continue;
        }
        if (is_usual && is_url_safe(text[at])) break;
        group = (group << 6U) | value;
        if (++digits < 4) continue;
        digits = 0;
        for (const unsigned shift : {16U, 8U, 0U}) *out++ = static_cast<std::uint8_t>((group >> shift) & 0xFFU);
    }
    // RFC 4648 section 4: two or three digits over are one or two octets; one digit over is none.
    if (digits == 2) *out++ = static_cast<std::uint8_t>((group >> 4U) & 0xFFU);
    if (digits == 3) {
        *out++ = static_cast<std::uint8_t>((group >> 10U) & 0xFFU);
        *out++ = static_cast<std::uint8_t>((group >> 2U) & 0xFFU);
    }
    Decoded decoded{static_cast<std::size_t>(out - octets), {}};
    if (at < text.size() || !fits(digits, padded)) decoded.breaks_at = at;
    return decoded;
}

}  // namespace

Base64 decode_base64(ByteView text) {
    Base64 read;
    read.octets.resize(text.size() / 4 * 3 + 3);  // as many as there can be
    const Decoded decoded = decode_to(text, read.octets.data());
    read.octets.resize(decoded.octets);
    read.breaks_at = decoded.breaks_at;
    return read;
}

std::size_t decode_base64_in_place(std::span<std::uint8_t> text) { return decode_to(text, text.data()).octets; }

std::optional<Bytes> parse_base64(ByteView text) {
    Base64 read = decode_base64(text);
    if (read.breaks_at || read.octets.empty()) return std::nullopt;
    return std::move(read.octets);
}

}  // namespace scca::pki
