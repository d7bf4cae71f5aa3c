// SPDX-License-Identifier: Apache-2.0
//
// Reading a report in a test: what a rung said, and the evidence that it gave.
#pragma once

#include "scca/checks/judge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace reading {

inline std::vector<scca::report::Finding> findings(const scca::report::Report& report, scca::Rung rung) {
    std::vector<scca::report::Finding> found;
    for (const auto& subject : report.subjects) {
        std::copy_if(subject.findings.begin(), subject.findings.end(), std::back_inserter(found),
                     [&](const auto& finding) { return finding.rung == rung; });
    }
    return found;
}

/// "failed key-driver-missing", "passed"; empty without a finding, several joined by a comma.
inline std::string said(const scca::report::Report& report, scca::Rung rung) {
    std::string text;
    for (const auto& finding : findings(report, rung)) {
        if (!text.empty()) text += ", ";
        text += name_of(finding.outcome);
        if (finding.faq) text.append(" ").append(scca::faq::entry(*finding.faq).id);
    }
    return text;
}

/// The evidence of the rung's only finding as text: lists joined by blanks, numbers in digits, empty when it is absent.
inline std::string evidence(const scca::report::Report& report, scca::Rung rung, std::string_view key) {
    const auto found = findings(report, rung);
    if (found.size() != 1) return {};
    const auto* field = scca::report::find_field(found.front().evidence, key);
    if (field == nullptr) return {};
    if (const auto* text = std::get_if<std::string>(&field->value)) return *text;
    if (const auto* moment = std::get_if<scca::Moment>(&field->value)) return scca::utc_text(*moment);
    if (const auto* number = std::get_if<std::int64_t>(&field->value)) return std::to_string(*number);
    std::string joined;
    if (const auto* list = std::get_if<std::vector<std::string>>(&field->value)) {
        for (const std::string& one : *list) joined += (joined.empty() ? "" : " ") + one;
    }
    return joined;
}

}  // namespace reading
