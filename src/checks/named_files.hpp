// SPDX-License-Identifier: Apache-2.0
//
// Naming files in evidence: as many as a person reads, and how many more there are.
#pragma once

#include "scca/report/report.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace scca::checks {

inline constexpr std::size_t most_named = 20;

/// Adds `key` with the first files and, when there are others, `more` with their number; nothing when there is none.
inline void name_files(report::Fields& evidence, report::Key key, report::Key more,
                       const std::vector<std::string>& files) {
    if (files.empty()) return;
    const std::size_t named = std::min(files.size(), most_named);
    evidence.push_back(
        {key, std::vector<std::string>(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(named))});
    if (named < files.size()) evidence.push_back({more, static_cast<std::int64_t>(files.size() - named)});
}

}  // namespace scca::checks
