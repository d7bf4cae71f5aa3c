// SPDX-License-Identifier: Apache-2.0
#include "small_file.hpp"

#include "owned_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <system_error>

namespace scca::token {

std::string read_start(const std::filesystem::path& path, std::size_t most) {
    const OwnedFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat facts {};
    if (!file.is_open() || fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
    std::string content(most, '\0');
    std::size_t got = 0;
    while (got < most) {
        const ssize_t count = read(file.number(), content.data() + got, most - got);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        got += static_cast<std::size_t>(count);
    }
    content.resize(got);
    return content;
}

std::vector<std::string> list_folder(const std::filesystem::path& folder, std::size_t most) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (names.size() == most) break;
        names.push_back(at->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks(" \t\r\n\0", 5);
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace scca::token
