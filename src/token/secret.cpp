// SPDX-License-Identifier: Apache-2.0
#include "scca/token/secret.hpp"

#include "unseen.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace scca::token {
namespace {

Fault system_fault(std::string call, int number) {
    return {FaultKind::system, std::move(call), {}, number, std::strerror(number)};
}

/// Up to a line feed or the end; nothing at the end of an empty line.
std::optional<Secret> take_line(int descriptor) {
    Secret line;
    char c = 0;
    bool any = false;
    for (;;) {
        const ssize_t count = ::read(descriptor, &c, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count != 1 || c == '\n') break;
        any = true;
        line.append(c);
    }
    if (!any && c != '\n') return std::nullopt;
    c = 0;
    if (line.text().ends_with('\r')) line.erase_last();
    return line;
}

}  // namespace

Secret::Secret() { text_.reserve(longest); }
Secret::~Secret() { wipe(); }
Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    text_.swap(other.text_);
    return *this;
}

void Secret::append(char c) {
    if (text_.size() < longest) text_ += c;
}

void Secret::erase_last() noexcept {
    text_.back() = '\0';
    text_.pop_back();
}

void Secret::wipe() noexcept {
    ::explicit_bzero(text_.data(), text_.size());
    text_.clear();
}

Result<Secret> ask_secret(std::string_view prompt) {
    std::optional<Secret> line;
    if (auto fault = ask_unseen(prompt, [&](int terminal) { line = take_line(terminal); })) return std::move(*fault);
    if (!line) return system_fault("read", ENODATA);
    return std::move(*line);
}

Result<Secret> read_secret(int descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0) return system_fault("read", errno);
    auto line = take_line(descriptor);
    if (!line) return system_fault("read", ENODATA);
    return std::move(*line);
}

}  // namespace scca::token
