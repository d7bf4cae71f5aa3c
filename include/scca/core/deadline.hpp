// SPDX-License-Identifier: Apache-2.0
//
// A Deadline is a moment on the steady clock by which a look must have come back. It is passed by value and never
// extended.
#pragma once

#include <algorithm>
#include <chrono>

namespace scca {

class Deadline {
public:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] static Deadline after(std::chrono::milliseconds span) { return Deadline(Clock::now(), span); }

    /// Part of the span has passed already.
    [[nodiscard]] static Deadline since(Clock::time_point start, std::chrono::milliseconds span) {
        return Deadline(start, span);
    }

    /// Never negative.
    [[nodiscard]] std::chrono::milliseconds remaining() const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(start_ + span_ - Clock::now());
        return std::max(left, std::chrono::milliseconds::zero());
    }
    [[nodiscard]] bool passed() const { return remaining() == std::chrono::milliseconds::zero(); }

    /// What was granted at the start, for evidence.
    [[nodiscard]] std::chrono::milliseconds span() const { return span_; }

private:
    Deadline(Clock::time_point start, std::chrono::milliseconds span) : start_(start), span_(span) {}

    Clock::time_point start_;
    std::chrono::milliseconds span_;
};

}  // namespace scca
