// SPDX-License-Identifier: Apache-2.0
#include "log_memory.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace scca::explain {
namespace {

enum class Kind : std::uint8_t { other, letter, digit };

constexpr std::array<Kind, 256> make_kinds() {
    std::array<Kind, 256> kinds{};
    for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = Kind::digit;
    for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 32] = Kind::letter;
    kinds['_'] = Kind::letter;
    return kinds;
}
constexpr std::array<Kind, 256> kinds = make_kinds();

Kind kind_of(char c) noexcept { return kinds[static_cast<unsigned char>(c)]; }

/// Words after which even a short number may be a code.
bool announces_code(std::string_view word) noexcept {
    constexpr std::array<std::string_view, 9> words{"error", "num", "code", "rv", "sw", "sw1", "sw2", "ret", "rc"};
    const auto same = [word](std::string_view announcing) {
        return std::equal(word.begin(), word.end(), announcing.begin(), announcing.end(),
                          [](char c, char lower) { return (c | 0x20) == lower; });
    };
    return std::any_of(words.begin(), words.end(), same);
}

/// Four digits of a status word.
bool reads_as_status_word(std::string_view word) noexcept {
    return word.size() == 4 && (word[0] == '6' || word[0] == '9');
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t more) noexcept {
    hash = (hash ^ more) * 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 29U;
}

/// Eight bytes at a time, the last ones by themselves.
std::uint64_t mix(std::uint64_t hash, std::string_view bytes) noexcept {
    std::uint64_t eight = 0;
    for (; bytes.size() >= sizeof eight; bytes.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, bytes.data(), sizeof eight);
        hash = mix(hash, eight);
    }
    eight = bytes.size() + 1;
    std::memcpy(&eight, bytes.data(), bytes.size());
    return mix(hash, eight);
}

}  // namespace

std::uint64_t signature_of(std::string_view line, const LogFilter& filter) {
    constexpr std::uint64_t some_number = 0x4E;
    std::uint64_t hash = 1;
    bool announced = false;
    for (std::size_t i = 0; i < line.size();) {
        const std::size_t first = i;
        if (kind_of(line[i]) == Kind::other) {
            while (i < line.size() && kind_of(line[i]) == Kind::other) ++i;
            hash = mix(hash, line.substr(first, i - first));
            continue;
        }
        bool digits = false;
        while (i < line.size() && kind_of(line[i]) != Kind::other) digits = kind_of(line[i++]) == Kind::digit || digits;
        const std::string_view word = line.substr(first, i - first);
        if (!digits || announced || reads_as_status_word(word) || filter.is_code(word)) {
            hash = mix(hash, word);
        } else {
            hash = mix(hash, some_number);
        }
        announced = announces_code(word);
    }
    return hash == 0 ? 1 : hash;
}

}  // namespace scca::explain
