// SPDX-License-Identifier: Apache-2.0
//
// How far a batch has come, on standard error and only where that is a terminal that the rows do not go to as well: one
// line, written over itself ten times a second at most, and gone at the end.
#pragma once

#include <chrono>
#include <cstddef>

namespace scca::cli {

class Progress {
public:
    Progress();

    void show(std::size_t files);
    /// Takes the line away.
    void finish();

private:
    bool wanted_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace scca::cli
