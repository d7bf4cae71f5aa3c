// SPDX-License-Identifier: Apache-2.0
//
// Reports built by hand, each a morning at somebody's desk. Everybody in them is made up.
#pragma once

#include "scca/report/report.hpp"

#include <string>
#include <utility>
#include <vector>

namespace scca::report::samples {

struct Sample {
    std::string name;  ///< of the golden files
    Report report;
};

/// A key with both certificates and a seal, nothing wrong.
[[nodiscard]] Report healthy();
/// The signing certificate has run out, the seal ends soon.
[[nodiscard]] Report expired();
/// Three modules: one crashes, one hangs, one is built for another processor.
[[nodiscard]] Report broken_modules();
/// No key to be seen; what stands on it is blocked.
[[nodiscard]] Report no_key();
/// Nothing wrong, but the key keeps its files behind the PIN.
[[nodiscard]] Report unknown();
/// A check of our own threw.
[[nodiscard]] Report crashed();
/// A seal in a file, bound to the certificate before the last renewal, with its picture.
[[nodiscard]] Report seal_file();
[[nodiscard]] Report expired_file();
/// Names that try to break out of every medium.
[[nodiscard]] Report hostile();

/// All of them by name.
[[nodiscard]] std::vector<Sample> all();

/// The moment at which they are judged: the evening before the opening of bids.
[[nodiscard]] Moment evening();

}  // namespace scca::report::samples
