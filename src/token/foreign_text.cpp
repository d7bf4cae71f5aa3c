// SPDX-License-Identifier: Apache-2.0
#include "foreign_text.hpp"

#include "scca/core/text.hpp"

#include <iconv.h>
#include <algorithm>
#include <memory>
#include <optional>

namespace scca::token {
namespace {

struct CloseIconv {
    void operator()(iconv_t converter) const { iconv_close(converter); }
};

std::optional<std::string> from_gbk(std::string_view octets) {
    const iconv_t made = iconv_open("UTF-8", "GBK");
    if (made == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    const std::unique_ptr<void, CloseIconv> converter(made);
    std::string input(octets);
    // Two octets of GBK become three of UTF-8; one stays one.
    std::string output(octets.size() * 2 + 4, '\0');
    char* from = input.data();
    char* to = output.data();
    std::size_t from_left = input.size();
    std::size_t to_left = output.size();
    if (iconv(converter.get(), &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1)) return std::nullopt;
    output.resize(output.size() - to_left);
    return output;
}

/// Without the beginning of a UTF-8 character that a cut left at the end.
std::string_view without_torn_end(std::string_view text) {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto octet = static_cast<unsigned char>(text[text.size() - back]);
        if ((octet & 0xC0U) == 0x80U) continue;
        const std::size_t length = octet >= 0xF0U ? 4 : octet >= 0xE0U ? 3 : octet >= 0xC0U ? 2 : 1;
        return length > back ? text.substr(0, text.size() - back) : text;
    }
    return text;
}

}  // namespace

std::string foreign_text(std::string_view octets, std::size_t most) {
    if (octets.size() > most) {
        octets = octets.substr(0, most);
        if (const auto whole = without_torn_end(octets); is_valid_utf8(whole)) octets = whole;
    }
    if (is_valid_utf8(octets)) return std::string(octets);
    if (auto converted = from_gbk(octets); converted && is_valid_utf8(*converted)) return std::move(*converted);
    return valid_utf8(octets);
}

void PrintedLines::feed(std::string_view octets) {
    while (!octets.empty() && lines_.size() < max_lines) {
        const std::size_t end = octets.find('\n');
        const std::string_view part = octets.substr(0, end);
        // One octet more than is kept, so that a cut shows as one.
        line_ += part.substr(0, max_line + 1 - std::min(line_.size(), max_line + 1));
        if (end == std::string_view::npos) return;
        end_line();
        octets.remove_prefix(end + 1);
    }
}

void PrintedLines::end_line() {
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    lines_.push_back(foreign_text(line_, max_line));
    line_.clear();
}

std::vector<std::string> PrintedLines::finish() {
    if (!line_.empty() && lines_.size() < max_lines) end_line();
    return std::move(lines_);
}

}  // namespace scca::token
