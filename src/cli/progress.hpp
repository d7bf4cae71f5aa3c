// SPDX-License-Identifier: Apache-2.0
//
// That something is still going on: how far a batch or a log has come, or which driver has not answered yet. On
// standard error and only where that is a terminal: one line, written over itself ten times a second at most, and gone
// at the end.
#pragma once

#include "console.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
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
    /// So much of it is done. Nothing is shown of what takes less than a moment.
    void show_share(std::uint64_t done, std::uint64_t all);
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
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace scca::cli
