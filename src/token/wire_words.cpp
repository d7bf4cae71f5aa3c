// SPDX-License-Identifier: Apache-2.0
#include "wire_words.hpp"

#include "foreign_text.hpp"
#include "scca/token/wire.hpp"

#include <algorithm>
#include <charconv>

namespace scca::token {
namespace {

template <class Enumeration, std::size_t Count>
bool assign_word(Enumeration& to, ByteView octets, const std::array<std::string_view, Count>& words) {
    const auto found = std::find(words.begin(), words.end(), as_text(octets));
    if (found == words.end()) return false;
    to = static_cast<Enumeration>(found - words.begin());
    return true;
}

}  // namespace

bool is_name(std::string_view word) noexcept {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !word.empty() && word.size() <= wire::max_word && std::all_of(word.begin(), word.end(), allowed);
}

std::optional<std::uint32_t> parse_code(std::string_view word) {
    std::uint32_t value = 0;
    const auto octets = word.size() == 8 ? parse_hex(word) : std::nullopt;
    if (!octets || !assign(value, *octets)) return std::nullopt;
    return value;
}

std::optional<std::chrono::microseconds> parse_microseconds(std::string_view word) {
    constexpr std::size_t max_digits = 12;
    std::int64_t value = 0;
    if (word.size() > max_digits) return std::nullopt;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value < 0) return std::nullopt;
    return std::chrono::microseconds(value);
}

std::optional<std::string> parse_sentence(std::string_view word) {
    if (word == wire::nothing) return std::string();
    const auto octets = parse_hex(word);
    if (!octets) return std::nullopt;
    return foreign_text(as_text(*octets), wire::max_text);
}

bool assign(std::string& to, ByteView octets) {
    to = foreign_text(as_text(octets), wire::max_text);
    return true;
}

bool assign(std::uint32_t& to, ByteView octets) {
    if (octets.size() != sizeof to) return false;
    to = 0;
    for (const std::uint8_t octet : octets) to = (to << 8U) | octet;
    return true;
}

bool assign(std::optional<std::uint32_t>& to, ByteView octets) { return assign(to.emplace(), octets); }

bool assign(bool& to, ByteView octets) {
    if (octets.size() != 1 || octets[0] > 1) return false;
    to = octets[0] == 1;
    return true;
}

bool assign(std::optional<bool>& to, ByteView octets) { return assign(to.emplace(), octets); }

bool assign(Bytes& to, ByteView octets) {
    if (to.size() + octets.size() > wire::max_file_octets) return false;
    to.insert(to.end(), octets.begin(), octets.end());
    return true;
}

bool assign(KeyRole& to, ByteView octets) { return assign_word(to, octets, wire::role_words); }
bool assign(KeyAlgorithm& to, ByteView octets) { return assign_word(to, octets, wire::algorithm_words); }
bool assign(SkfAbi& to, ByteView octets) { return assign_word(to, octets, wire::abi_words); }

}  // namespace scca::token
