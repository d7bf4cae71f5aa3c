// SPDX-License-Identifier: Apache-2.0
#include "armour.hpp"

#include "scca/pki/container.hpp"

#include <algorithm>

namespace scca::cli {
namespace {

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::optional<std::size_t> Armour::find_start(std::string_view text) {
    const std::size_t begin = text.find(pki::pem_begin);
    if (begin == std::string_view::npos) return 0;
    const std::size_t line = text.find('\n', begin);
    if (line == std::string_view::npos || text.find(pki::pem_end, line) != std::string_view::npos) return std::nullopt;
    return line + 1;
}

Bytes Armour::undo(std::string_view text) {
    constexpr std::size_t quantum = 4;  // characters that spell three octets (RFC 4648 section 4)
    constexpr std::size_t longest_end = 80;
    const std::size_t end = end_.empty() ? std::min(text.find('-'), text.size()) : 0;
    for (const char c : text.substr(0, end)) {
        if (!is_space(c)) left_ += c;
    }
    for (const char c : text.substr(end)) {
        if (end_.size() <= longest_end && (c == '\n' || !is_space(c))) end_ += c;
    }
    const std::size_t whole = end_.empty() ? left_.size() / quantum * quantum : left_.size();
    pki::Base64 undone = pki::decode_base64(as_bytes(std::string_view(left_).substr(0, whole)));
    broken_ = broken_ || (whole > 0 && undone.breaks_at);
    left_.erase(0, whole);
    return std::move(undone.octets);
}

bool Armour::is_broken() const noexcept {
    if (broken_ || end_.empty()) return broken_;
    const std::size_t line = std::min(end_.find('\n'), end_.size());
    return !end_.starts_with(pki::pem_end) || end_.find_first_not_of('\n', line) != std::string::npos;
}

}  // namespace scca::cli
