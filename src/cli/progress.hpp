// SPDX-License-Identifier: Apache-2.0
//
// That something is still going on: how far a batch has come, or which driver has not answered yet. On standard error
// and only where that is a terminal: one line, written over itself ten times a second at most, and gone at the end.
#pragma once

#include "console.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace scca::cli {

class Progress {
public:
    /// `console` outlives it. Nothing is shown unless it is wanted.
    Progress(const Console& console, bool wanted);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { finish(); }

    /// Files judged so far.
    void show(std::size_t files);
    /// The driver that is waited for, and how long at most.
    void wait(const std::string& path, std::chrono::milliseconds left);
    /// Takes the line away.
    void finish();

private:
    [[nodiscard]] bool is_due();
    void write(const std::string& line);

    const Console& console_;
    bool wanted_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace scca::cli
