// SPDX-License-Identifier: Apache-2.0
//
// --save and --from: a snapshot in a file of its own.
#pragma once

#include "check_plan.hpp"

#include <optional>

namespace scca::cli {

/// Which options cannot stand beside --save or --from.
[[nodiscard]] std::optional<Refusal> refuse_beside_snapshot(const CheckRequest& request, const Console& console);

/// Fills `snapshot` from request.from, or says why that is none.
[[nodiscard]] std::optional<Refusal> read_snapshot(const CheckRequest& request, const Console& console,
                                                   token::Snapshot& snapshot);

/// Writes it to request.save, redacted unless --no-redact says otherwise; `healthy` also when nothing was to be saved.
[[nodiscard]] ExitStatus save_snapshot(const token::Snapshot& snapshot, const CheckRequest& request,
                                       const Console& console);

}  // namespace scca::cli
