// SPDX-License-Identifier: Apache-2.0
//
// --watch: looks again and again until the key is read and nothing fails, or the time is up, and tells when each stage
// was reached. USB is glanced at five times a second; modules are asked when something changed there, and from time to
// time.
#pragma once

#include "check_plan.hpp"

#include <functional>

namespace scca::cli {

struct Watching {
    std::function<token::UsbSeen()> glance;
    /// A whole look, within this time.
    std::function<token::Snapshot(std::chrono::milliseconds)> look;
    std::function<report::Report(const token::Snapshot&)> judge;
    bool test_follows = false;  ///< a signature test, before which nobody can say that nothing fails
};

/// The last look, with its timeline. Text gets a line for each stage as it is reached; the other formats are told at
/// the end.
[[nodiscard]] token::Snapshot watch(const Watching& watching, std::chrono::milliseconds timeout, Format format,
                                    const Console& console);

}  // namespace scca::cli
