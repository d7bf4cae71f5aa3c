// SPDX-License-Identifier: Apache-2.0
//
// Whether an explanation of a row of the sets is right.
#pragma once

#include "scca/explain/explain.hpp"
#include "sets.hpp"

#include <algorithm>

namespace scca::test {

/// Unrelated: nothing. Several: all of them, in order of appearance. Else: one of the ids in first place.
inline bool is_right(const SetRow& row, const explain::Explanation& explanation) {
    const auto& matches = explanation.matches;
    if (row.ids.empty()) return matches.empty();
    if (matches.empty()) return false;
    if (row.kind != "several") {
        return std::find(row.ids.begin(), row.ids.end(), faq::entry(matches.front().id).id) != row.ids.end();
    }
    std::vector<explain::Match> placed = matches;
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    auto wanted = row.ids.begin();
    for (const explain::Match& match : placed) {
        if (wanted != row.ids.end() && faq::entry(match.id).id == *wanted) ++wanted;
    }
    return wanted == row.ids.end();
}

}  // namespace scca::test
