// SPDX-License-Identifier: Apache-2.0
//
// Judging in rounds: the checks say what they still want from the network, it is fetched, and they judge again.
#pragma once

#include "scca/checks/judge.hpp"

#include <chrono>

namespace scca::cli {

/// At most three rounds. What was fetched joins the snapshot. Without --online nothing is wanted, and nothing is asked.
[[nodiscard]] report::Report judge_in_rounds(checks::Judge& judge, token::Snapshot& snapshot,
                                             const checks::Options& options, std::chrono::milliseconds timeout);

}  // namespace scca::cli
