// SPDX-License-Identifier: Apache-2.0
#include "redaction_parts.hpp"

#include "scca/core/calendar.hpp"
#include "scca/core/redaction.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace scca {
namespace redaction {
namespace {

/// One character that may stand in a number: its ASCII form and the octets it takes (full-width forms take three).
struct Glyph {
    char c = '\0';
    std::size_t length = 0;
};

Glyph glyph_at(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return {};
    if (static_cast<unsigned char>(text[at]) < 0x80) return {text[at], 1};
    // U+FF01 to U+FF5E are the ASCII characters in full width: EF BC 81 … EF BD 9E.
    if (at + 2 >= text.size() || text[at] != '\xEF') return {};
    const auto middle = static_cast<unsigned char>(text[at + 1]);
    const auto last = static_cast<unsigned char>(text[at + 2]);
    if (middle == 0xBC && last >= 0x81) return {static_cast<char>(last - 0x60), 3};
    if (middle == 0xBD && last <= 0x9E) return {static_cast<char>(last - 0x20), 3};
    return {};
}

bool is_separator(char c) noexcept { return c == ' ' || c == '-'; }

/// Reads digits in groups, with at most one separator between two groups and none inside.
class DigitReader {
public:
    DigitReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    bool take(char c) {
        const Glyph glyph = glyph_at(text_, at_);
        if (glyph.length == 0 || glyph.c != c) return false;
        at_ += glyph.length;
        return true;
    }
    void skip_separator() {
        if (const Glyph glyph = glyph_at(text_, at_); is_separator(glyph.c)) at_ += glyph.length;
    }
    bool digits(std::size_t count, bool x_may_end = false) {
        for (std::size_t i = 0; i < count; ++i) {
            const Glyph glyph = glyph_at(text_, at_);
            const bool x = x_may_end && i + 1 == count && lower(glyph.c) == 'x';
            if (!is_digit(glyph.c) && !x) return false;
            read_ += x ? 'X' : glyph.c;
            at_ += glyph.length;
        }
        return true;
    }
    bool groups(std::initializer_list<std::size_t> counts) {
        bool first = true;
        for (const std::size_t count : counts) {
            if (!first) skip_separator();
            if (!digits(count)) return false;
            first = false;
        }
        return true;
    }
    [[nodiscard]] bool more_digits() const { return is_digit(glyph_at(text_, at_).c); }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] const std::string& read() const { return read_; }

private:
    std::string_view text_;
    std::size_t at_;
    std::string read_;
};

bool digit_before(std::string_view text, std::size_t at) noexcept {
    if (at > 0 && is_digit(text[at - 1])) return true;
    const Glyph wide = at > 2 ? glyph_at(text, at - 3) : Glyph{};
    return wide.length == 3 && is_digit(wide.c);
}

/// Whether digits begin here that are enough for any of the numbers below, whatever separates them.
bool enough_digits(std::string_view text, std::size_t at) noexcept {
    constexpr std::size_t fewest = 10;  // an area code of three and seven of one's own
    std::size_t digits = 0;
    for (Glyph glyph = glyph_at(text, at); digits < fewest; glyph = glyph_at(text, at)) {
        if (!is_digit(glyph.c) && !is_separator(glyph.c) && glyph.c != '+') return false;
        if (is_digit(glyph.c)) ++digits;
        at += glyph.length;
    }
    return true;
}

std::optional<Number> find_identity(std::string_view text, std::size_t at) {
    DigitReader reader(text, at);
    if (!reader.groups({6, 8})) return std::nullopt;
    reader.skip_separator();
    if (!reader.digits(4, true) || reader.more_digits() || !is_identity_number(reader.read())) return std::nullopt;
    return Number{0, reader.at() - at, reader.read()};
}

/// SOF_GetUserInfo of the certificate tools writes "SF0" and the holder's number; whatever follows is taken for one.
std::optional<Number> find_behind_sf0(std::string_view text, std::size_t at) {
    constexpr std::size_t prefix = 3;
    constexpr std::size_t least = 8;
    if (!starts_like(text.substr(at), "SF0") || (at > 0 && is_alnum(text[at - 1]))) return std::nullopt;
    std::size_t end = at + prefix;
    while (end < text.size() && is_alnum(text[end])) ++end;
    if (end < at + prefix + least) return std::nullopt;
    std::string digits(text.substr(at + prefix, end - at - prefix));
    if (digits.back() == 'x') digits.back() = 'X';
    return Number{prefix, end - at, std::move(digits)};
}

/// Eleven digits inside a long hexadecimal string are a piece of a digest, not somebody's telephone.
bool inside_hex(std::string_view text, std::size_t at, std::size_t length) noexcept {
    constexpr std::size_t least = 16;
    std::size_t first = at;
    std::size_t last = at + length;
    while (first > 0 && is_alnum(text[first - 1])) --first;
    while (last < text.size() && is_alnum(text[last])) ++last;
    const std::string_view run = text.substr(first, last - first);
    return run.size() >= least && std::all_of(run.begin(), run.end(), is_hex) &&
           std::any_of(run.begin(), run.end(), is_letter);
}

/// Mobile numbers of the mainland: 11 digits, 1 then 3 to 9 (numbering plan of the ministry, YD/T 1029).
std::optional<Number> find_mobile(std::string_view text, std::size_t at) {
    DigitReader reader(text, at);
    const bool plus = reader.take('+');
    const bool country = plus ? reader.take('8') && reader.take('6') : false;
    if (plus && !country) return std::nullopt;
    if (country) reader.skip_separator();
    const std::size_t start = reader.at();
    for (const std::string_view code : {"0086", "86", ""}) {
        if (!code.empty() && (country || text.substr(start, code.size()) != code)) continue;
        DigitReader number(text, start + code.size());
        if (!code.empty()) number.skip_separator();
        if (!number.groups({3, 4, 4}) || number.more_digits()) continue;
        if (number.read()[0] != '1' || number.read()[1] < '3') continue;
        if (inside_hex(text, at, number.at() - at)) return std::nullopt;
        return Number{0, number.at() - at, number.read()};
    }
    return std::nullopt;
}

/// Area code with its 0, a separator, and 7 or 8 digits: without the separator it could be anything.
std::optional<Number> find_landline(std::string_view text, std::size_t at) {
    for (const std::size_t area : {3U, 4U}) {
        for (const std::size_t own : {8U, 7U}) {
            DigitReader reader(text, at);
            if (!reader.digits(area) || reader.read()[0] != '0' || reader.read()[1] == '0') continue;
            if (!reader.take('-') && !reader.take(' ')) continue;
            if (reader.digits(own) && !reader.more_digits()) return Number{0, reader.at() - at, reader.read()};
        }
    }
    return std::nullopt;
}

std::optional<Number> find_credit_code(std::string_view text, std::size_t at) {
    constexpr std::size_t size = 18;
    if (at > 0 && is_alnum(text[at - 1])) return std::nullopt;
    if (at + size < text.size() && is_alnum(text[at + size])) return std::nullopt;
    const std::string_view code = text.substr(at, size);
    return is_credit_code(code) ? std::optional<Number>({0, size, std::string(code)}) : std::nullopt;
}

}  // namespace

bool starts_like(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t length) noexcept {
    const auto joined = [&](std::size_t left) {
        return (is_letter(text[left]) && is_letter(text[left + 1])) ||
               (is_digit(text[left]) && is_digit(text[left + 1]));
    };
    return (at == 0 || !joined(at - 1)) && (at + length >= text.size() || !joined(at + length - 1));
}

std::optional<Number> find_personal_number(std::string_view text, std::size_t at) {
    constexpr std::size_t shortest = 11;  // a mobile number, or one with an area code
    if (text.size() - at < shortest) return std::nullopt;
    if (lower(text[at]) == 's') return find_behind_sf0(text, at);
    if (auto number = find_credit_code(text, at)) return number;
    const char c = glyph_at(text, at).c;
    if ((!is_digit(c) && c != '+') || digit_before(text, at) || !enough_digits(text, at)) return std::nullopt;
    if (auto number = find_identity(text, at)) return number;
    if (auto number = find_mobile(text, at)) return number;
    return find_landline(text, at);
}

}  // namespace redaction

namespace {

unsigned number_at(std::string_view text, std::size_t first, std::size_t count) noexcept {
    unsigned value = 0;
    for (const char c : text.substr(first, count)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

}  // namespace

bool is_identity_number(std::string_view text) noexcept {
    if (text.size() != 18 || !std::all_of(text.begin(), text.begin() + 17, redaction::is_digit)) return false;
    const auto born =
        moment_of(static_cast<int>(number_at(text, 6, 4)), number_at(text, 10, 2), number_at(text, 12, 2), 0, 0, 0);
    if (!born) return false;
    unsigned sum = 0;  // ISO 7064 MOD 11-2 in its recursive form, from the left
    for (std::size_t i = 0; i < 17; ++i) sum = (sum + static_cast<unsigned>(text[i] - '0')) * 2 % 11;
    const unsigned check = (12 - sum) % 11;
    const char expected = check == 10 ? 'X' : static_cast<char>('0' + check);
    return text[17] == expected || (expected == 'X' && text[17] == 'x');
}

bool is_credit_code(std::string_view text) noexcept {
    // GB 32100 4: registering authority, kind, six digits of place, nine of the organisation, check character MOD 31.
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    constexpr std::array<unsigned, 17> weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    if (text.size() != 18 || !std::all_of(text.begin() + 2, text.begin() + 8, redaction::is_digit)) return false;
    if (std::string_view("123456789ANY").find(text[0]) == std::string_view::npos) return false;
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::size_t value = alphabet.find(text[i]);
        if (value == std::string_view::npos) return false;
        sum += static_cast<unsigned>(value) * weights[i];
    }
    return text[17] == alphabet[(31 - sum % 31) % 31];
}

}  // namespace scca
