// SPDX-License-Identifier: Apache-2.0
//
// scca-fetch: asks one web server one thing in a process of its own (wire.hpp): looking up a name cannot be given a
// deadline, a process can. Not for people: `scca-doctor --online` starts it.
#include "hardening.hpp"
#include "http_client.hpp"
#include "scca/token/wire.hpp"

#include <unistd.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <optional>
#include <span>
#include <string_view>

namespace {

using namespace scca;

constexpr int usage_error = 64;  ///< sysexits.h: EX_USAGE

template <class T>
bool parse_number(std::string_view text, T& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/// All that stands on standard input, within a bound that no request reaches.
Bytes read_request() {
    constexpr std::size_t most = 65536;
    Bytes request;
    std::array<std::uint8_t, 4096> block{};
    while (request.size() < most) {
        const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        request.insert(request.end(), block.begin(), block.begin() + count);
    }
    return request;
}

/// Nothing when the words make no sense. Sets the clock that ends this process, should nobody else.
std::optional<host::HttpOrder> parse_order(std::span<const char* const> words) {
    constexpr std::size_t count = 6;
    unsigned seconds = 0;
    host::HttpOrder order;
    if (words.size() != count || !parse_number(words[1], seconds) || !parse_number(words[2], order.most)) {
        return std::nullopt;
    }
    order.host = words[3];
    order.port = words[4];
    order.path = words[5];
    static_cast<void>(std::signal(SIGALRM, SIG_DFL));
    alarm(seconds);
    return order;
}

}  // namespace

int main(int count, char** arguments) {
    auto order = parse_order({arguments, static_cast<std::size_t>(count)});
    if (!order || !host::harden(token::wire::descriptor)) {
        static_cast<void>(
            std::fputs("scca-fetch is started by scca-doctor: SECONDS MOST HOST PORT PATH, descriptor 3\n", stderr));
        return usage_error;
    }
    order->request = read_request();
    host::fetch(*order, token::wire::descriptor);
    _exit(0);
}
