// SPDX-License-Identifier: Apache-2.0
//
// A file descriptor that is closed with its owner. Movable, never copied.
#pragma once

#include <unistd.h>
#include <utility>

namespace scca::token {

class OwnedFd {
public:
    OwnedFd() = default;
    explicit OwnedFd(int number) noexcept : number_(number) {}
    OwnedFd(OwnedFd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    OwnedFd(const OwnedFd&) = delete;
    OwnedFd& operator=(const OwnedFd&) = delete;
    ~OwnedFd() { close(); }

    /// -1 when there is none, which poll passes over.
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
    void close() noexcept {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_ = -1;
};

}  // namespace scca::token
