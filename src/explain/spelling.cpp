// SPDX-License-Identifier: Apache-2.0
#include "spelling.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace scca::explain {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; }

/// The value of a hexadecimal digit, text recognition's O and l among them; negative when it is none.
int digit_of(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c == 'o' || c == 'q') return 0;
    return c == 'l' || c == 'i' ? 1 : -1;
}

bool is_plain_hexadecimal(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::optional<std::int64_t> hexadecimal(std::string_view digits) {
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) {
        const int digit = digit_of(c);
        if (digit < 0) return std::nullopt;
        value = value * 16 + digit;
    }
    return value;
}

std::optional<std::int64_t> decimal(std::string_view digits) {
    if (digits.empty() || digits.size() > 10 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

class Scanner {
public:
    explicit Scanner(const AsciiView& view) : view_(view) {}

    std::vector<Spelled> scan() {
        for (std::size_t i = 0; i < view_.size();) {
            if (!is_word(view_[i])) {
                ++i;
                continue;
            }
            const std::size_t end = word_end(i);
            i = std::max(end, read_word(i, end));
        }
        return std::move(found_);
    }

private:
    std::size_t word_end(std::size_t first) const noexcept {
        while (is_word(view_[first])) ++first;
        return first;
    }

    std::string_view word(std::size_t first, std::size_t end) const {
        return std::string_view(view_.characters).substr(first, end - first);
    }

    std::size_t skip(std::size_t i, std::string_view characters) const noexcept {
        constexpr std::size_t at_most = 6;
        for (std::size_t n = 0; n < at_most && i < view_.size() && characters.find(view_[i]) != std::string_view::npos;
             ++n)
            ++i;
        return i;
    }

    /// Where reading goes on.
    std::size_t read_word(std::size_t first, std::size_t end) {
        const std::string_view here = word(first, end);
        if (here.size() == 10 && (here.starts_with("0v") || here.starts_with("ov"))) return read_prefixed(first, end);
        if (here.size() > 4 && here.starts_with("oox")) return read_prefixed(first + 1, end);
        if (is_digit(here.front()) || (here.front() == 'o' && here.size() > 3 && here[1] == 'x')) {
            // 0 or O before the x, for "3x1" is a size; and text recognition's 1 for I is only believed among more
            // digits.
            const bool prefix = here.size() >= 2 && here[1] == 'x' && (here.front() == '0' || here.front() == 'o');
            if (prefix) return read_prefixed(first, end);
            if (here.size() <= 10 && decimal(here)) return read_number(first, end, here);
        }
        if (here.size() == 8 && is_plain_hexadecimal(here))
            return add(Spelling::hexadecimal, first, end, *hexadecimal(here), false);
        if (here.size() == 4 && is_plain_hexadecimal(here)) return read_status_word(first, end, here);
        if (here.find('_') != std::string_view::npos) return add(Spelling::symbol, first, end, 0, false);
        if (here == "sw" || here == "sw1" || here == "sw1sw2") return read_after_sw(first, end);
        if (here == "error" || here == "num" || here == "code") return read_openssl(first, end, here);
        if (here == "rv" || here == "ckr") return read_pkcs11(first, end);
        return end;
    }

    std::size_t add(Spelling kind, std::size_t first, std::size_t end, std::int64_t value, bool weak) {
        found_.push_back({kind, first, end, value, weak});
        return end;
    }

    /// 0x and up to eight digits, a space within eight digits forgiven.
    std::size_t read_prefixed(std::size_t first, std::size_t end) {
        std::string digits(word(first + 2, end));
        std::size_t next = end;
        while (digits.size() < 8 && view_[next] == ' ' && is_word(view_[next + 1])) {
            const std::size_t after = word_end(next + 1);
            const std::string_view more = word(next + 1, after);
            if (digits.size() + more.size() > 8 || !is_plain_hexadecimal(more)) break;
            digits += more;
            next = after;
        }
        if (digits.size() != 8) {
            digits = word(first + 2, end);
            next = end;
        }
        const auto value = hexadecimal(digits);
        return value ? add(Spelling::hexadecimal, first, next, *value, false) : end;
    }

    std::size_t read_number(std::size_t first, std::size_t end, std::string_view here) {
        const std::int64_t value = *decimal(here);
        const bool negative = view_.before(first) == '-' && (first < 2 || !is_word(view_[first - 2]));
        if (negative && here.size() >= 9 && value <= 0x80000000LL) {
            return add(Spelling::decimal, first - 1, end, 0x100000000LL - value, false);
        }
        if (negative && here.size() == 4) return add(Spelling::decimal, first - 1, end, -value, false);
        if (here.size() == 8) return add(Spelling::hexadecimal, first, end, *hexadecimal(here), true);
        // 2^31 and above, or the range of GM/T 0016 and 0020.
        const bool in_range =
            (value >= 0x80000000LL && value <= 0xFFFFFFFFLL) || (value >= 0x0A000000 && value <= 0x0BFFFFFF);
        if (here.size() >= 9 && in_range) return add(Spelling::decimal, first, end, value, true);
        // Text recognition loses the sign.
        if (here.size() == 10 && value < 0x80000000LL)
            return add(Spelling::decimal, first, end, 0x100000000LL - value, true);
        if (here.size() == 4) return read_status_word(first, end, here);
        if (here.size() == 2) return read_two_bytes(first, end, here);
        return end;
    }

    /// Four digits of a status word: 61…, 62… to 6F…, 9….
    std::size_t read_status_word(std::size_t first, std::size_t end, std::string_view here) {
        if (here.front() != '6' && here.front() != '9') return end;
        return add(Spelling::status_word, first, end, *hexadecimal(here), !near_status_words(first, end));
    }

    /// "69 83"
    std::size_t read_two_bytes(std::size_t first, std::size_t end, std::string_view here) {
        if (here.front() != '6' || view_[end] != ' ' || !is_word(view_[end + 1])) return end;
        const std::size_t after = word_end(end + 1);
        const std::string_view second = word(end + 1, after);
        if (second.size() != 2 || !is_plain_hexadecimal(second)) return end;
        const auto value = *hexadecimal(std::string(here) + std::string(second));
        return add(Spelling::status_word, first, after, value, !near_status_words(first, after));
    }

    bool near_status_words(std::size_t first, std::size_t end) const {
        constexpr std::array<std::string_view, 6> words{"sw",     "apdu",         "status word",
                                                        "verify", "status bytes", "iso7816"};
        constexpr std::size_t reach = 40;
        const std::size_t from = first > reach ? first - reach : 0;
        const std::string_view around = word(from, std::min(view_.size(), end + reach));
        for (const std::string_view wanted : words) {
            for (std::size_t at = around.find(wanted); at != std::string_view::npos; at = around.find(wanted, at + 1)) {
                const bool starts = at == 0 || !is_word(around[at - 1]);
                const char next = at + wanted.size() < around.size() ? around[at + wanted.size()] : ' ';
                if (starts && (!is_word(next) || is_digit(next))) return true;
            }
        }
        return false;
    }

    /// "SW1=0x69, SW2=0x83", "SW: 6983", "SW 69 83"
    std::size_t read_after_sw(std::size_t first, std::size_t end) {
        std::string digits;
        std::size_t i = end;
        while (digits.size() < 4) {
            i = skip(i, " =:,;.\x01()[]/");
            if (!is_word(view_[i])) return end;
            const std::size_t after = word_end(i);
            std::string_view piece = word(i, after);
            i = after;
            if (piece == "sw2") continue;
            if (piece.starts_with("0x")) piece.remove_prefix(2);
            if ((piece.size() != 2 && piece.size() != 4) || !is_plain_hexadecimal(piece)) return end;
            digits += piece;
        }
        return digits.size() == 4 ? add(Spelling::status_word, first, i, *hexadecimal(digits), false) : end;
    }

    /// "error 20 at 0 depth", "error:num=20", "return code: 20"
    std::size_t read_openssl(std::size_t first, std::size_t end, std::string_view here) {
        const std::size_t number = skip(end, " =:");
        const std::size_t after = word_end(number);
        const auto value = decimal(word(number, after));
        if (!value || after - number > 3) return end;
        const bool lookup = here == "error" && word(after, std::min(view_.size(), after + 4)) == " at ";
        const bool verify = here == "num" && view_[end] == '=';
        constexpr std::string_view returned = "return ";
        const bool code =
            here == "code" && first >= returned.size() && word(first - returned.size(), first) == returned;
        return lookup || verify || code ? add(Spelling::openssl_error, first, after, *value, false) : end;
    }

    /// "rv = 164"; hexadecimal is read where it stands.
    std::size_t read_pkcs11(std::size_t, std::size_t end) {
        const std::size_t number = skip(end, " =:(");
        const std::size_t after = word_end(number);
        const auto value = decimal(word(number, after));
        return value && after - number <= 3 ? add(Spelling::pkcs11_value, number, after, *value, false) : end;
    }

    const AsciiView& view_;
    std::vector<Spelled> found_;
};

}  // namespace

std::vector<Spelled> spelled_codes(const AsciiView& view) { return Scanner(view).scan(); }

}  // namespace scca::explain
