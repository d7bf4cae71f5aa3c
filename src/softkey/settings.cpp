// SPDX-License-Identifier: Apache-2.0
//
// Reading and replacing the files of a software key. It does not know what they mean.
#include "settings.hpp"

#include <charconv>
#include <fstream>
#include <system_error>

namespace scca::softkey {

namespace {

constexpr std::size_t longest_file = 1U << 20;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

Settings parse_settings(std::string_view text) {
    Settings settings;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = line.find('=');
        if (line.empty() || line.front() == '#' || equals == std::string_view::npos) {
            continue;
        }
        settings.insert_or_assign(std::string(trimmed(line.substr(0, equals))),
                                  std::string(trimmed(line.substr(equals + 1))));
    }
    return settings;
}

std::string text_of(const Settings& settings, std::string_view name, std::string_view otherwise) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string(otherwise) : found->second;
}

std::uint32_t number_of(const Settings& settings, std::string_view name, std::uint32_t otherwise) {
    const auto found = settings.find(name);
    if (found == settings.end()) {
        return otherwise;
    }
    std::string_view digits = found->second;
    const bool hexadecimal = digits.starts_with("0x");
    digits.remove_prefix(hexadecimal ? 2 : 0);
    std::uint32_t number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 10);
    return read.ec == std::errc() && read.ptr == end ? number : otherwise;
}

std::optional<Bytes> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    Bytes bytes(longest_file + 1);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (file.bad() || !file.eof()) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

std::optional<Settings> read_settings(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    if (!bytes) {
        return std::nullopt;
    }
    return parse_settings({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

bool replace_file(const std::filesystem::path& path, std::string_view content) {
    auto fresh = path;
    fresh += ".new";
    {
        std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
        file.write(content.data(), static_cast<std::streamsize>(content.size()));
        file.flush();
        if (!file) {
            return false;
        }
    }
    std::error_code failed;
    std::filesystem::rename(fresh, path, failed);
    return !failed;
}

}  // namespace scca::softkey
