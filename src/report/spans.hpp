// SPDX-License-Identifier: Apache-2.0
//
// From when to when certificates and seals are valid, and how often a PIN may still be wrong: what monitoring and the
// timeline are about. Reads facts, judges nothing.
#pragma once

#include "scca/report/report.hpp"

#include <optional>
#include <vector>

namespace scca::report {

struct Span {
    const Subject* subject = nullptr;
    std::optional<Moment> from, to;     ///< at least one of them
    Outcome outcome = Outcome::passed;  ///< of its rung on dates
};

/// Of this one; nothing when it is neither certificate nor seal, or says neither.
[[nodiscard]] std::optional<Span> span_of(const Subject& subject);

/// Of every certificate and seal that says when it ends or begins, in the report's order.
[[nodiscard]] std::vector<Span> spans_of(const Report& report);

/// Tries that a token's PIN has left; nothing when it does not tell.
struct PinTries {
    const Subject* token = nullptr;
    std::int64_t left = 0;
    std::optional<std::int64_t> most;
};

[[nodiscard]] std::vector<PinTries> pin_tries_of(const Report& report);

}  // namespace scca::report
