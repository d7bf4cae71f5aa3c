// SPDX-License-Identifier: Apache-2.0
//
// Another program of this machine, run for what it prints: no shell, under a deadline, its output bounded, and nothing
// of it left behind.
#pragma once

#include "scca/core/deadline.hpp"
#include "scca/core/result.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace scca::token {

struct ProgramWish {
    std::vector<std::string> words;        ///< the program, which is looked for in PATH, and its arguments
    std::string input;                     ///< its standard input
    std::vector<std::string> environment;  ///< "NAME=value", besides what this program has
    std::size_t most_output = 1024U * 1024U;
};

/// What it printed to standard output. A fault when it cannot be started (system: ENOENT when it is not installed),
/// when it fails (exited, crashed; `text` is the start of its standard error), when it is still running at the deadline
/// (hung) or prints more than it may (garbled). Its group of processes is gone when this returns.
[[nodiscard]] Result<std::string> run_program(const ProgramWish& wish, const Deadline& deadline);

}  // namespace scca::token
