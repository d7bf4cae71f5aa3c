// SPDX-License-Identifier: Apache-2.0
#include "scca/report/report.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

template <class Visit>
void for_each_finding(const Report& report, Visit visit) {
    for (const Subject& subject : report.subjects) {
        for (const Finding& finding : subject.findings) visit(finding);
    }
}

/// The problems of findings with this outcome, most urgent first; the ladder's order decides between equals.
std::vector<faq::Id> problems_with(const Report& report, Outcome outcome) {
    std::vector<faq::Id> problems;
    for_each_finding(report, [&](const Finding& finding) {
        if (finding.outcome == outcome && finding.faq) problems.push_back(*finding.faq);
    });
    std::stable_sort(problems.begin(), problems.end(),
                     [](faq::Id a, faq::Id b) { return faq::entry(a).urgency < faq::entry(b).urgency; });
    return problems;
}

bool has_outcome(const Report& report, Outcome outcome) {
    bool found = false;
    for_each_finding(report, [&](const Finding& finding) { found = found || finding.outcome == outcome; });
    return found;
}

}  // namespace

std::string_view name_of(Outcome outcome) noexcept {
    constexpr std::array<std::string_view, 7> names{"passed",  "noted",   "warned", "failed",
                                                    "blocked", "unknown", "crashed"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(Verdict verdict) noexcept {
    constexpr std::array<std::string_view, 3> names{"healthy", "findings", "unknown"};
    return names[static_cast<std::size_t>(verdict)];
}

const Field* find_field(const Fields& fields, std::string_view key) noexcept {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<faq::Id> root_causes(const Report& report) {
    std::vector<faq::Id> causes;
    for (const Outcome outcome : {Outcome::failed, Outcome::warned}) {
        for (const faq::Id id : problems_with(report, outcome)) {
            if (std::find(causes.begin(), causes.end(), id) == causes.end()) causes.push_back(id);
        }
    }
    return causes;
}

Verdict verdict(const Report& report, FailOn fail_on) {
    const bool failed = fail_on != FailOn::never && has_outcome(report, Outcome::failed);
    const bool warned = fail_on == FailOn::warn && has_outcome(report, Outcome::warned);
    if (failed || warned) return Verdict::findings;
    // What a check of ours broke off was not checked either.
    return has_outcome(report, Outcome::unknown) || has_crashed(report) ? Verdict::unknown : Verdict::healthy;
}

bool has_crashed(const Report& report) noexcept { return has_outcome(report, Outcome::crashed); }

}  // namespace scca::report
