// SPDX-License-Identifier: Apache-2.0
//
// Judging in rounds: the checks say what they still want from the network, it is fetched, and they judge again.
#pragma once

#include "scca/checks/judge.hpp"

#include <chrono>
#include <functional>

namespace scca::cli {

class FetchMemory;

/// At most three rounds. What was fetched joins the snapshot. Without --online nothing is wanted, and nothing is asked.
[[nodiscard]] report::Report judge_in_rounds(checks::Judge& judge, token::Snapshot& snapshot,
                                             std::chrono::milliseconds timeout);
/// The same for one of many snapshots: what was fetched stays in the memory. `about_to_wait` is called before a server
/// is waited for.
[[nodiscard]] report::Report judge_in_rounds(checks::Judge& judge, const token::Snapshot& snapshot, FetchMemory& memory,
                                             const std::function<void()>& about_to_wait);

}  // namespace scca::cli
