// SPDX-License-Identifier: Apache-2.0
#include "values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace scca::pki {
namespace {

void append_arc(std::string& text, std::uint64_t arc) {
    if (arc < 10) {
        text += static_cast<char>('0' + arc);
        return;
    }
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), arc).ptr;
    text.append(digits.data(), end);
}

/// Fixed-width digits from the front of a text; any failure sticks.
class Digits {
public:
    explicit Digits(std::string_view text) noexcept : rest_(text) {}

    unsigned take(std::size_t count) noexcept {
        unsigned value = 0;
        for (; count > 0; --count) {
            if (!next_is_digit()) {
                ok_ = false;
                return 0;
            }
            value = value * 10 + static_cast<unsigned>(rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    bool accept(char wanted) noexcept {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_all() noexcept {
        while (next_is_digit()) rest_.remove_prefix(1);
    }
    [[nodiscard]] bool next_is_digit() const noexcept {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool ok() const noexcept { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

std::size_t leading_digits(std::string_view text) noexcept {
    const auto* const end = std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
    return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

std::optional<std::string> oid_text(ByteView content) {
    if (content.empty() || (content.back() & 0x80U) != 0) return std::nullopt;
    std::string text;
    text.reserve(content.size() * 3);
    std::uint64_t arc = 0;
    for (const std::uint8_t octet : content) {
        if (arc > (UINT64_MAX >> 7U)) return std::nullopt;
        arc = (arc << 7U) | (octet & 0x7FU);
        if ((octet & 0x80U) != 0) continue;
        if (text.empty()) {
            // X.690 8.19.4: the first two arcs share a subidentifier, X*40 + Y with X at most 2.
            const std::uint64_t first = arc < 80 ? arc / 40 : 2;
            append_arc(text, first);
            arc -= first * 40;
        }
        text += '.';
        append_arc(text, arc);
        arc = 0;
    }
    return text;
}

std::optional<std::int64_t> small_integer(ByteView content) noexcept {
    if (content.empty()) return std::nullopt;
    const bool negative = (content.front() & 0x80U) != 0;
    const std::uint8_t filler = negative ? 0xFF : 0x00;
    while (content.size() > sizeof(std::int64_t) && content.front() == filler) content = content.subspan(1);
    if (content.size() > sizeof(std::int64_t)) return std::nullopt;
    std::uint64_t value = negative ? UINT64_MAX : 0;
    for (const std::uint8_t octet : content) value = (value << 8U) | octet;
    return static_cast<std::int64_t>(value);
}

ByteView magnitude(ByteView content) noexcept {
    while (!content.empty() && content.front() == 0) content = content.subspan(1);
    return content;
}

std::optional<Bytes> bit_string_octets(const der::Element& element) {
    if (!element.is_constructed()) {
        if (element.content.empty()) return std::nullopt;
        return Bytes(element.content.begin() + 1, element.content.end());
    }
    auto octets = der::string_octets(element);
    if (!octets || octets->empty()) return std::nullopt;
    octets->erase(octets->begin());
    return octets;
}

TimeReading time_of(const der::Element& element) {
    const std::string_view text = as_text(element.content);
    Digits digits(text);
    // Fourteen digits are a four-digit year whatever the type says.
    const bool short_year = element.is(der::Tag::utc_time) && leading_digits(text) <= 12;
    int year = static_cast<int>(digits.take(short_year ? 2 : 4));
    if (short_year) year += year >= 50 ? 1900 : 2000;
    const unsigned month = digits.take(2);
    const unsigned day = digits.take(2);
    const unsigned hour = digits.take(2);
    const unsigned minute = digits.next_is_digit() ? digits.take(2) : 0;
    const unsigned second = digits.next_is_digit() ? digits.take(2) : 0;
    if (digits.accept('.') || digits.accept(',')) digits.skip_all();
    const auto local = moment_of(year, month, day, hour, minute, second);
    if (!digits.ok() || !local) return {std::nullopt, "no date"};
    if (digits.accept('Z')) return {local, digits.at_end() ? "" : "something follows the date"};
    if (digits.at_end()) return {local, "no time zone, read as UTC"};
    const bool west = digits.accept('-');
    if (!west && !digits.accept('+')) return {local, "something follows the date"};
    const unsigned zone_hours = digits.take(2);
    const unsigned zone_minutes = digits.at_end() ? 0 : digits.take(2);
    if (!digits.ok() || !digits.at_end() || zone_hours > 23 || zone_minutes > 59)
        return {local, "no time zone, read as UTC"};
    const std::chrono::seconds offset = std::chrono::hours{zone_hours} + std::chrono::minutes{zone_minutes};
    return {west ? *local + offset : *local - offset, ""};
}

}  // namespace scca::pki
