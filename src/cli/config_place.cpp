// SPDX-License-Identifier: Apache-2.0
#include "config_place.hpp"

#include <algorithm>

namespace scca::cli {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view space = " \t\r";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) + 1 - first);
}

}  // namespace

std::size_t find_config_line(std::string_view file, std::string_view name) noexcept {
    name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
    const std::size_t dot = name.rfind('.');
    const std::string_view wanted_section = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
    const std::string_view wanted = dot == std::string_view::npos ? name : name.substr(dot + 1);
    std::string_view section;
    for (std::size_t line = 1; !file.empty(); ++line) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view text = trimmed(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        if (text.starts_with('[')) {
            section = trimmed(text.substr(1, text.find(']') - 1));
            // CLI11 calls the beginning of a section "++".
            if (wanted == "++" ? section == wanted_section : text == name) return line;
        } else if (trimmed(text.substr(0, text.find('='))) == wanted) {
            if (wanted_section.empty() || section == wanted_section) return line;
        }
    }
    return 0;
}

}  // namespace scca::cli
