// SPDX-License-Identifier: Apache-2.0
//
// The cases of scca-seal-maker, judged as check-seal judges files that were named.
#pragma once

#include "scca/checks/judge.hpp"

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace scca::test {

/// A case and the finding that it must lead to.
struct Expected {
    std::string_view file;
    Rung rung;
    report::Outcome outcome;
    std::string_view problem;  ///< FAQ id; empty: none
    std::string_view named;    ///< must stand in the evidence
};

[[nodiscard]] std::filesystem::path seal_cases();
[[nodiscard]] token::FileGiven given(const std::filesystem::path& path);
/// On 2025-06-01, when every certificate and seal of the cases is valid that is not meant to be otherwise.
[[nodiscard]] report::Report judge_file(const std::filesystem::path& path, std::string_view at = "2025-06-01",
                                        const std::vector<std::filesystem::path>& trust = {});

[[nodiscard]] std::vector<report::Finding> findings_of(const report::Report& report, Rung rung);
/// "rung outcome problem" of every finding that is worth a word.
[[nodiscard]] std::vector<std::string> complaints(const report::Report& report);
/// Keys and values of the evidence, one after another.
[[nodiscard]] std::string evidence_text(const report::Finding& finding);

/// Checks that the case has this finding and that no other finding of it failed.
void check_expected(const report::Report& report, const Expected& expected);

}  // namespace scca::test
