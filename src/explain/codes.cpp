// SPDX-License-Identifier: Apache-2.0
#include "codes.hpp"

#include "ascii.hpp"
#include "spelling.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace scca::explain {
namespace {

bool is_word(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_'; }

/// The words around a number, lower case: what comes before it counts, and a little of what follows.
class Surroundings {
public:
    Surroundings(const AsciiView& view, std::string_view text, std::size_t first, std::size_t end) {
        constexpr std::size_t before = 96;
        constexpr std::size_t after = 48;
        const std::size_t from = first > before ? first - before : 0;
        const std::size_t to = std::min(view.size(), end + after);
        latin_ = view.characters.substr(from, to - from);
        raw_ = text.substr(view.at[from], view.at[to] - view.at[from]);
    }

    [[nodiscard]] bool hold(std::string_view word) const {
        const bool chinese =
            static_cast<unsigned char>(word.front()) >= 0x80 || static_cast<unsigned char>(word.back()) >= 0x80;
        if (chinese) return raw_.find(word) != std::string_view::npos;
        for (std::size_t at = latin_.find(word); at != std::string::npos; at = latin_.find(word, at + 1)) {
            const bool starts = at == 0 || !is_word(latin_[at - 1]) || !is_word(word.front());
            const std::size_t end = at + word.size();
            const bool ends = end >= latin_.size() || !is_word(latin_[end]) || word.back() == '_';
            if (starts && ends) return true;
        }
        return false;
    }

    [[nodiscard]] bool hold_any(std::span<const std::string_view> words) const {
        return std::any_of(words.begin(), words.end(), [this](std::string_view word) { return hold(word); });
    }

private:
    std::string latin_;
    std::string_view raw_;
};

/// Words that announce a code of whatever family.
constexpr std::array<std::string_view, 17> announcing{"错误",  "錯誤",      "代码",    "代碼",   "返回", "报",
                                                      "error", "err",       "errcode", "code",   "失败", "hr",
                                                      "异常",  "exception", "ret",     "result", "rv"};
/// Words that announce some other number.
constexpr std::array<std::string_view, 12> of_other_numbers{"qq", "电话", "手机",  "传真",   "热线", "金额",
                                                            "价", "tel",  "phone", "订单号", "快递", "尾号"};

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), view_(ascii_view(text)) {}

    std::vector<CodeRead> read() {
        for (const Spelled& spelled : spelled_codes(view_)) {
            if (spelled.kind == Spelling::symbol) {
                add_symbol(spelled);
            } else {
                add_value(spelled);
            }
        }
        return std::move(found_);
    }

private:
    std::string written(const Spelled& spelled) const {
        const std::size_t first = view_.at[spelled.first];
        return std::string(text_.substr(first, view_.at[spelled.end] - first));
    }

    void add(const faq::Code& code, const Spelled& spelled, std::int64_t value) {
        found_.push_back({&code, written(spelled), view_.at[spelled.first], value});
    }

    void add_symbol(const Spelled& spelled) {
        for (const faq::CodeRow& row :
             faq::codes_with_symbol(view_.characters.substr(spelled.first, spelled.end - spelled.first))) {
            const faq::Code& code = faq::codes()[row.code];
            add(code, spelled, code.value);
        }
    }

    void add_value(const Spelled& spelled) {
        if (spelled.value == 0) return;
        const Surroundings around(view_, text_, spelled.first, spelled.end);
        if (spelled.weak && !stands_for_code(spelled, around)) return;
        if (!add_readings(spelled, spelled.value, around) && spelled.kind == Spelling::hexadecimal) {
            if (const auto corrected = corrected_hexadecimal(spelled.value)) add_readings(spelled, *corrected, around);
        }
    }

    /// A number that could be anything: only alone, in brackets, or announced.
    bool stands_for_code(const Spelled& spelled, const Surroundings& around) const {
        if (spelled.kind == Spelling::status_word) {
            // 63C2 with nothing else: no number of every day has that letter.
            const bool tries_left = (spelled.value & 0xFFF0) == 0x63C0 && is_all_blank(0, spelled.first) &&
                                    is_all_blank(spelled.end, view_.size());
            return tries_left || around.hold_any(status_word_contexts());
        }
        if (around.hold_any(of_other_numbers)) return false;
        const std::string_view follows = text_.substr(view_.at[spelled.end]);
        for (const std::string_view amount : {"元", "万", "円", "%", ".", "号楼", "年"}) {
            if (follows.starts_with(amount)) return false;
        }
        if (spelled.kind == Spelling::decimal) return true;  // ten digits that are a code by chance: one in millions
        return is_all_blank(0, spelled.first) || view_.before(spelled.first) == '(' || around.hold_any(announcing) ||
               around.hold_any(family_words());
    }

    bool is_all_blank(std::size_t first, std::size_t end) const {
        const std::string_view part = std::string_view(view_.characters).substr(0, end).substr(first);
        return part.find_first_not_of(" \n") == std::string_view::npos;
    }

    /// 0x6983: two octets, marked as hexadecimal, alone or announced as an error.
    bool is_marked_status_word(const Spelled& spelled, const Surroundings& around) const {
        const bool two_octets = spelled.kind == Spelling::hexadecimal && spelled.end - spelled.first == 6 &&
                                view_.characters.compare(spelled.first, 2, "0x") == 0;
        return two_octets && (is_all_blank(0, spelled.first) || around.hold_any(announcing));
    }

    static std::span<const std::string_view> status_word_contexts() {
        for (const faq::CodeFamily& family : faq::code_families()) {
            if (family.id == "SW") return faq::contexts_of(family);
        }
        return {};
    }

    static std::span<const std::string_view> family_words() {
        static constexpr std::array<std::string_view, 14> words{"skf",   "sof",   "pta",  "sheca", "ca",
                                                                "控件",  "签章",  "ukey", "驱动",  "windows",
                                                                "scard", "win32", "海泰", "ca锁"};
        return words;
    }

    static bool fits(Spelling kind, const faq::CodeFamily& family, std::int64_t value, bool in_context) {
        if (kind == Spelling::status_word) return family.id == "SW";
        if (kind == Spelling::openssl_error) return family.id == "X509_V";
        if (kind == Spelling::pkcs11_value) return family.id == "CKR";
        if (family.id == "SW") return in_context && kind == Spelling::hexadecimal && value >= 0x6100;
        if (family.id == "X509_V") return false;
        if (family.id == "CKR") return in_context && kind == Spelling::hexadecimal;
        return !family.needs_context || in_context;
    }

    bool add_readings(const Spelled& spelled, std::int64_t value, const Surroundings& around) {
        std::vector<const faq::Code*> in_context;
        std::vector<const faq::Code*> others;
        const auto consider = [&](const faq::Code& code) {
            const faq::CodeFamily& family = faq::code_families()[code.family];
            const bool spoken_for = around.hold_any(faq::contexts_of(family)) ||
                                    (family.id == "SW" && is_marked_status_word(spelled, around));
            if (fits(spelled.kind, family, value, spoken_for)) (spoken_for ? in_context : others).push_back(&code);
        };
        for (const faq::CodeRow& row : faq::codes_with_value(static_cast<std::uint32_t>(value)))
            consider(faq::codes()[row.code]);
        for (const std::uint16_t position : faq::pattern_codes()) {
            const faq::Code& code = faq::codes()[position];
            if ((value & static_cast<std::int64_t>(code.mask)) == code.value && in_context.empty() && others.empty())
                consider(code);
        }
        for (const faq::Code* code : in_context) add(*code, spelled, value);
        for (const faq::Code* code : others) add(*code, spelled, value);
        return !in_context.empty() || !others.empty();
    }

    /// Text recognition takes 8 for B and 0 for D: the one change that makes a known code of an unknown number.
    static std::optional<std::int64_t> corrected_hexadecimal(std::int64_t value) {
        std::optional<std::int64_t> corrected;
        for (unsigned digit = 0; digit < 8; ++digit) {
            const std::int64_t nibble = value >> (4 * digit) & 0xF;
            for (const auto& [read, meant] :
                 {std::pair(8, 11), std::pair(11, 8), std::pair(0, 13), std::pair(6, 11), std::pair(5, 6)}) {
                if (nibble != read) continue;
                const std::int64_t other = value ^ static_cast<std::int64_t>(read ^ meant) << (4 * digit);
                if (value < 0x10000 || faq::codes_with_value(static_cast<std::uint32_t>(other)).empty()) continue;
                if (corrected) return std::nullopt;
                corrected = other;
            }
        }
        return corrected;
    }

    std::string_view text_;
    AsciiView view_;
    std::vector<CodeRead> found_;
};

}  // namespace

std::vector<CodeRead> read_codes(std::string_view text) { return Reader(text).read(); }

std::vector<CodeRead> look_up_code(std::string_view code) {
    std::vector<CodeRead> found;
    for (const faq::CodeRow& row : faq::codes_with_symbol(code)) {
        const faq::Code& known = faq::codes()[row.code];
        found.push_back({&known, std::string(code), 0, known.value});
    }
    if (found.empty()) found = read_codes(code);
    if (!found.empty()) return found;
    const bool marked = code.starts_with("0x") || code.starts_with("0X");
    const std::string_view digits = marked ? code.substr(2) : code;
    for (const int base : {10, 16}) {
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        const bool whole = error == std::errc() && end == digits.data() + digits.size();
        if (!whole || (marked && base == 10)) continue;
        for (const faq::CodeRow& row : faq::codes_with_value(value)) {
            const faq::Code& known = faq::codes()[row.code];
            const bool only_decimal = faq::code_families()[known.family].id == "X509_V";
            if (base == 10 || !only_decimal) found.push_back({&known, std::string(code), 0, value});
        }
    }
    return found;
}

}  // namespace scca::explain
