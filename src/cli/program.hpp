// SPDX-License-Identifier: Apache-2.0
//
// What scca-doctor and scca-doctor-check have in common, which is everything but how a check is run: reads the command
// line, runs one command, and turns whatever happens into an exit status.
#pragma once

#include "command_line.hpp"

#include <functional>

namespace scca::cli {

/// What needs to look at this computer, and libcrypto with it.
struct Runners {
    std::function<ExitStatus(const CheckRequest&, const CommonOptions&, const Console&)> check;
    std::function<ExitStatus(const ExplainRequest&, const CommonOptions&, const Console&)> explain_check;
};

/// The exit status of the process.
[[nodiscard]] int run_program(int argc, char** argv, const Runners& runners);

}  // namespace scca::cli
