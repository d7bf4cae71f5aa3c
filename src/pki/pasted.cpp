// SPDX-License-Identifier: Apache-2.0
#include "pasted.hpp"

#include "white_space.hpp"

#include "scca/pki/container.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace scca::pki {
namespace {

constexpr std::size_t longest_paste = 1U << 20U;
constexpr std::size_t longest_label = 32;
constexpr std::size_t longest_tag = 300;
constexpr std::size_t most_digits = 6;  ///< of a line's number
constexpr auto npos = std::string_view::npos;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_of_base64(char c) noexcept {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || std::string_view("+/=-_").find(c) != npos;
}

/// Octets of a dash that stands here, of whatever length a chat program or a word processor made it; 0 for none.
std::size_t dash_at(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return 0;
    if (text[at] == '-') return 1;
    const std::string_view three = text.substr(at, 3);
    if (three == "\xE2\x88\x92" || three == "\xE2\x94\x80" || three == "\xEF\xB9\xA3" || three == "\xEF\xBC\x8D")
        return 3;
    // U+2010 hyphen to U+2015 horizontal bar
    return three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' && three[2] <= '\x95' ? 3 : 0;
}

std::size_t behind_dashes(std::string_view text, std::size_t at) noexcept {
    for (std::size_t width = dash_at(text, at); width > 0; width = dash_at(text, at)) at += width;
    return at;
}

bool ends_line(char c) noexcept { return c == '\n' || c == '\r'; }

/// White space within a line.
std::size_t behind_space(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && !ends_line(text[at])) {
        const std::size_t width = white_space_at(text, at);
        if (width == 0) break;
        at += width;
    }
    return at;
}

/// "BEGIN CERTIFICATE", and the dashes behind it.
struct Mark {
    bool begins = false;
    std::string_view label;
    std::size_t end = 0;  ///< behind its dashes
    bool has_dashes = false;
};

std::optional<Mark> find_mark(std::string_view text, std::size_t behind_first_dashes) {
    Mark mark;
    std::size_t at = behind_space(text, behind_first_dashes);
    mark.begins = text.substr(at).starts_with("BEGIN");
    if (!mark.begins && !text.substr(at).starts_with("END")) return std::nullopt;
    const std::size_t word_end = at + (mark.begins ? 5 : 3);
    at = behind_space(text, word_end);
    if (at == word_end) return std::nullopt;
    const std::size_t label = at;
    const auto is_of_label = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == ' ' || c == '#'; };
    while (at < text.size() && is_of_label(text[at]) && at - label <= longest_label) ++at;
    mark.label = text.substr(label, at - label);
    while (mark.label.ends_with(' ')) mark.label.remove_suffix(1);
    mark.end = behind_dashes(text, at);
    mark.has_dashes = mark.end > at;
    return mark.label.empty() ? std::nullopt : std::optional(mark);
}

class Mender {
public:
    explicit Mender(std::string_view text) : text_(text) { mended_.text.reserve(text.size()); }

    Mended mend() && {
        while (at_ < text_.size()) {
            const bool starts_line = at_line_start_;
            if (starts_line) pass_line_head();
            if (at_ < text_.size() && !(starts_line && take_bare_line())) step();
        }
        return std::move(mended_);
    }

private:
    void step() {
        const char c = text_[at_];
        const bool done = c == '\\'                 ? take_escape()
                          : c == '<'                ? take_tag()
                          : c == '&'                ? take_entity()
                          : dash_at(text_, at_) > 0 ? take_dashes()
                                                    : false;
        if (!done) copy(at_ + 1);
    }

    /// As it stands.
    void copy(std::size_t end) {
        for (; at_ < end; ++at_) {
            at_line_start_ = ends_line(text_[at_]);
            mended_.text += text_[at_];
        }
    }

    /// What stands here until `end` becomes this.
    bool replace(std::size_t end, std::string_view by) {
        if (!by.empty()) mended_.places.emplace_back(mended_.text.size(), at_);
        mended_.text += by;
        at_ = end;
        mended_.places.emplace_back(mended_.text.size(), at_);
        if (!by.empty()) at_line_start_ = by.ends_with('\n');
        return true;
    }

    /// "> > ", "| " and "12: " before a line that somebody quoted or numbered: no such sign is base64. A tab behind a
    /// number is, as white space; but then the text was tried with the number before.
    void pass_line_head() {
        std::size_t at = behind_space(text_, at_);
        while (at < text_.size() && (text_[at] == '>' || text_[at] == '|')) at = behind_space(text_, at + 1);
        std::size_t digits = at;
        while (digits < text_.size() && is_digit(text_[digits]) && digits - at < most_digits) ++digits;
        const bool marked =
            digits > at && digits < text_.size() && std::string_view(":.)|\t").find(text_[digits]) != npos;
        if (marked || counts_on(at, digits)) at = behind_space(text_, marked ? digits + 1 : digits);
        if (at > at_) replace(at, {});
        at_line_start_ = false;
    }

    /// "2 MIIB…": with nothing but a blank behind it a number may be base64. It is one of a line where it counts on
    /// from the line above, and the first of them stands before dashes or before what a certificate begins with.
    bool counts_on(std::size_t begin, std::size_t end) {
        unsigned number = 0;
        std::from_chars(text_.data() + begin, text_.data() + end, number);
        const std::size_t content = behind_space(text_, end);
        const bool alone = content == text_.size() || ends_line(text_[content]);
        const bool next = counted_ && number == *counted_ + 1 && (content > end || alone);
        const bool first = content > end && (dash_at(text_, content) > 0 || text_.substr(content).starts_with("MI"));
        counted_ = end > begin && (next || first) ? std::optional(number) : std::nullopt;
        return counted_.has_value();
    }

    /// Of JSON and of source code, escaped once or oftener: \n, \/, \u002B.
    bool take_escape() {
        const std::size_t at = std::min(text_.find_first_not_of('\\', at_), text_.size());
        const char kind = at < text_.size() ? text_[at] : '\n';
        if (kind == 'n' || kind == 'r' || kind == 't') return replace(at + 1, "\n");
        if (kind == 'u' && at + 5 <= text_.size()) return replace(at + 5, character(text_.substr(at + 1, 4), 16));
        return replace(at, " ");  // "\/" and the end of a line
    }

    /// Beyond ASCII only spaces are to be expected.
    static std::string character(std::string_view digits, int base) {
        std::uint32_t code = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
        if (error != std::errc() || end != digits.data() + digits.size() || code >= 0x80) return " ";
        return std::string(1, static_cast<char>(code));
    }

    /// &#13; and &#43; as XML and web pages have them.
    bool take_entity() {
        const std::string_view entity = text_.substr(at_, text_.substr(at_, 10).find(';') + 1);
        if (entity == "&nbsp;") return replace(at_ + entity.size(), " ");
        if (!entity.starts_with("&#") || entity.size() < 4) return false;
        const bool hex = entity[2] == 'x' || entity[2] == 'X';
        const std::size_t first = hex ? 3 : 2;
        return replace(at_ + entity.size(), character(entity.substr(first, entity.size() - first - 1), hex ? 16 : 10));
    }

    /// <ds:X509Certificate> of XML signatures (XMLDSig 4.5.4) holds base64 alone; other tags stand between lines.
    bool take_tag() {
        const std::size_t close = text_.substr(0, at_ + longest_tag).find('>', at_);
        if (close == npos) return false;
        std::string_view name = text_.substr(at_ + 1, close - at_ - 1);
        const bool ends = name.starts_with('/');
        name = name.substr(0, name.find_first_of(" \t\r\n"));
        name.remove_prefix(std::min(name.find_last_of(":/") + 1, name.size()));
        const bool wanted = name == "X509Certificate";
        const std::size_t content = behind_white_space(text_, close + 1);
        if (wanted && !ends && text_.substr(content).starts_with('M')) {
            is_open_ = is_in_element_ = true;
            return replace(close + 1, "\n-----BEGIN CERTIFICATE-----\n");
        }
        if (!wanted || !ends || !is_in_element_) return replace(close + 1, "\n");
        is_open_ = is_in_element_ = false;
        replace(close + 1, "\n-----END CERTIFICATE-----\n");
        after_end_ = mended_.text.size();
        return true;
    }

    bool take_dashes() {
        const std::size_t behind = behind_dashes(text_, at_);
        const auto mark = find_mark(text_, behind);
        if (!mark || !mark->has_dashes) {
            copy(behind);
            return true;
        }
        return put_line(*mark);
    }

    /// A line that lost the dashes before its words, behind them or both. Words alone say little: base64 must follow a
    /// first line, and a last line must end what was begun.
    bool take_bare_line() {
        const auto mark = find_mark(text_, behind_dashes(text_, at_));
        if (!mark) return false;
        const std::size_t line_end = behind_space(text_, mark->end);
        if (line_end < text_.size() && !ends_line(text_[line_end])) return false;
        return (mark->begins ? is_base64_line(behind_white_space(text_, line_end)) : is_open_) && put_line(*mark);
    }

    /// Whether something stands in it that is too long for a word, quoted and numbered as it may be.
    [[nodiscard]] bool is_base64_line(std::size_t at) const {
        constexpr std::size_t enough = 32;
        std::size_t run = 0;
        for (; at < text_.size() && !ends_line(text_[at]) && run < enough; ++at) {
            run = is_of_base64(text_[at]) ? run + 1 : 0;
        }
        return run == enough;
    }

    bool put_line(const Mark& mark) {
        if (!mark.begins && !is_open_) put_missing_begin(mark.label);
        is_open_ = mark.begins;
        const std::string_view word = mark.begins ? pem_begin : pem_end;
        replace(mark.end, std::string(word) + ' ' + std::string(mark.label) + "-----");
        if (!mark.begins) after_end_ = mended_.text.size();
        return true;
    }

    /// Before the first of the lines of base64 above that begins like a certificate's.
    void put_missing_begin(std::string_view label) {
        std::string& text = mended_.text;
        std::size_t begin = npos;
        for (std::size_t end = text.size(); end > after_end_;) {
            const std::string_view above = std::string_view(text).substr(after_end_, end - after_end_);
            const std::size_t feed = above.find_last_of("\r\n");
            const std::size_t start = feed == npos ? after_end_ : after_end_ + feed + 1;
            const std::string_view line = std::string_view(text).substr(start, end - start);
            if (!std::all_of(line.begin(), line.end(), [](char c) { return is_of_base64(c) || c == ' ' || c == '\t'; }))
                break;
            if (line.starts_with("MI")) begin = start;
            end = start > after_end_ ? start - 1 : after_end_;
        }
        if (begin == npos) return;
        const std::string line = std::string(pem_begin) + ' ' + std::string(label) + "-----\n";
        text.insert(begin, line);
        for (auto place = mended_.places.rbegin(); place != mended_.places.rend() && place->first >= begin; ++place)
            place->first += line.size();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool at_line_start_ = true, is_open_ = false, is_in_element_ = false;
    std::optional<unsigned> counted_;  ///< the number of the line above, when it had one and a blank
    std::size_t after_end_ = 0;        ///< in the mended text: behind the last line that ends a block
    Mended mended_;
};

/// The words of a first or a last line, the element of XML, or base64 that begins soon.
bool may_hold_certificate(std::string_view text) {
    constexpr std::size_t soon = 64;
    return text.size() <= longest_paste &&
           (text.substr(0, soon).find("MI") != npos || text.find("CERTIFICATE") != npos ||
            text.find("X509Certificate") != npos || text.find("PKCS") != npos);
}

}  // namespace

std::size_t Mended::place_of(std::size_t at) const noexcept {
    const auto next = std::upper_bound(places.begin(), places.end(), at,
                                       [](std::size_t value, const auto& place) { return value < place.first; });
    if (next == places.begin()) return at;
    const auto& [here, there] = *(next - 1);
    const std::size_t place = there + (at - here);
    return next == places.end() ? place : std::min(place, next->second);
}

std::optional<Mended> find_mended(std::string_view text) {
    return may_hold_certificate(text) ? std::optional(Mender(text).mend()) : std::nullopt;
}

}  // namespace scca::pki
