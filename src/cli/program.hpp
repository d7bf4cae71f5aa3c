// SPDX-License-Identifier: Apache-2.0
//
// What scca-doctor and scca-doctor-check have in common, which is everything but how a check is run: reads the command
// line, runs one command, and turns whatever happens into an exit status.
#pragma once

#include "command_line.hpp"

#include <functional>

namespace scca::cli {

using CheckRunner = std::function<ExitStatus(const CheckRequest&, const CommonOptions&, const Console&)>;

/// The exit status of the process.
[[nodiscard]] int run_program(int argc, char** argv, const CheckRunner& run_check);

}  // namespace scca::cli
