// SPDX-License-Identifier: Apache-2.0
//
// --sign-test: asks for the PIN, has the key sign once, and puts what came of it into the snapshot. Sends no PIN unless
// there is exactly one key that it may be sent to (checks::find_sign_wish).
#pragma once

#include "check_plan.hpp"

namespace scca::cli {

/// Why a signature test, or a watch, cannot be made with these options; nothing when it can.
[[nodiscard]] std::optional<Refusal> refuse_key_options(const CheckRequest& request, const Console& console);

/// Leaves the snapshot as it is when nothing may be sent or nothing was entered; the report says which.
[[nodiscard]] std::optional<Refusal> run_sign_test(const CheckRequest& request, const Plan& plan,
                                                   const Console& console, token::Snapshot& snapshot);

}  // namespace scca::cli
