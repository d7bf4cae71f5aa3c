// SPDX-License-Identifier: Apache-2.0
#include "scca/token/surroundings.hpp"

#include <iconv.h>
#include <langinfo.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace scca::token {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

std::string first_set(std::initializer_list<const char*> names) {
    for (const char* name : names) {
        std::string value = environment(name);
        if (!value.empty()) return value;
    }
    return {};
}

}  // namespace

Terminal look_at_terminal() {
    Terminal terminal;
    terminal.stdin_is_terminal = ::isatty(STDIN_FILENO) == 1;
    terminal.stdout_is_terminal = ::isatty(STDOUT_FILENO) == 1;
    terminal.stderr_is_terminal = ::isatty(STDERR_FILENO) == 1;
    winsize size{};
    if (terminal.stdout_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        terminal.columns = size.ws_col;
    }
    return terminal;
}

std::string locale_for_messages() { return first_set({"LC_ALL", "LC_MESSAGES", "LANG"}); }

std::string locale_character_set() {
    if (std::setlocale(LC_CTYPE, "") == nullptr) {
        // Not installed here, but its name tells what the terminal was set up for.
        const std::string name = first_set({"LC_ALL", "LC_CTYPE", "LANG"});
        const std::size_t dot = name.find('.');
        return dot == std::string::npos ? std::string() : name.substr(dot + 1, name.find('@') - dot - 1);
    }
    std::string set = ::nl_langinfo(CODESET);
    std::setlocale(LC_CTYPE, "C");
    return set;
}

std::string in_character_set(std::string_view utf8, const std::string& character_set) {
    // A quotation mark becomes a plainer one where there is one; nothing stands in for a Chinese character.
    const iconv_t converter = ::iconv_open((character_set + "//TRANSLIT").c_str(), "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::string(utf8);
    std::string converted;
    std::string input(utf8);
    char* from = input.data();
    std::size_t left = input.size();
    std::array<char, 4096> buffer{};
    while (left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const std::size_t result = ::iconv(converter, &from, &left, &to, &room);
        converted.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
        if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        converted += '?';  // this character does not exist there: skip its octets
        do {
            ++from;
            --left;
        } while (left > 0 && (static_cast<unsigned char>(*from) & 0xC0U) == 0x80U);
    }
    ::iconv_close(converter);
    return converted;
}

Redactor::Surroundings user_and_host() {
    Redactor::Surroundings who;
    who.home = environment("HOME");
    // "root" is no person, and the word stands in every second certificate. The environment is asked first: the name
    // service may be far away, and asking it costs more than all the rest of `explain`.
    if (::geteuid() != 0) who.user = first_set({"LOGNAME", "USER"});
    const bool lacking = who.home.empty() || (who.user.empty() && ::geteuid() != 0);
    if (const passwd* entry = lacking ? ::getpwuid(::geteuid()) : nullptr) {
        if (entry->pw_uid != 0) who.user = entry->pw_name;
        if (who.home.empty()) who.home = entry->pw_dir;
    }
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0 && std::strcmp(name.data(), "localhost") != 0) {
        who.host = name.data();
    }
    return who;
}

std::optional<std::uint64_t> memory_limit() {
    std::optional<std::uint64_t> least;
    for (const auto kind : {RLIMIT_AS, RLIMIT_DATA}) {
        rlimit limit{};
        if (::getrlimit(kind, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) continue;
        least = std::min<std::uint64_t>(least.value_or(limit.rlim_cur), limit.rlim_cur);
    }
    return least;
}

Moment now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace scca::token
