// SPDX-License-Identifier: Apache-2.0
//
// What the system's loader says when it refuses a library, taken apart: what is missing and which version is wanted.
// Knows glibc's sentences (elf/dl-load.c, dl-version.c, dl-lookup.c); of others it says only that they are a refusal.
#pragma once

#include "scca/report/report.hpp"

#include <string_view>

namespace scca::checks {

/// "reason" (library-missing, version-missing, function-missing, load-refused) and what belongs to it: "library",
/// "needs_version", "has_version", "function".
[[nodiscard]] report::Fields parse_loader_words(std::string_view sentence);

}  // namespace scca::checks
