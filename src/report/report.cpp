// SPDX-License-Identifier: Apache-2.0
#include "scca/report/report.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

template <class Visit>
void for_each_finding(std::span<const Subject> subjects, Visit visit) {
    for (const Subject& subject : subjects) {
        for (const Finding& finding : subject.findings) visit(finding);
    }
}

/// Adds the problems of findings with this outcome that are not there yet, most urgent first; the ladder's order
/// decides between equals.
void add_problems_with(Outcome outcome, std::span<const Subject> subjects, std::vector<faq::Id>& problems) {
    const auto first = static_cast<std::ptrdiff_t>(problems.size());
    for_each_finding(subjects, [&](const Finding& finding) {
        if (finding.outcome != outcome || !finding.faq) return;
        if (std::find(problems.begin(), problems.end(), *finding.faq) == problems.end())
            problems.push_back(*finding.faq);
    });
    if (problems.end() - problems.begin() < first + 2) return;  // sorting begins with a buffer
    std::stable_sort(problems.begin() + first, problems.end(),
                     [](faq::Id a, faq::Id b) { return faq::entry(a).urgency < faq::entry(b).urgency; });
}

bool has_outcome(std::span<const Subject> subjects, Outcome outcome) {
    bool found = false;
    for_each_finding(subjects, [&](const Finding& finding) { found = found || finding.outcome == outcome; });
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

std::string_view name_of(CutShort why) noexcept {
    constexpr std::array<std::string_view, 4> names{"", "interrupted", "broken-list", "internal-error"};
    return names[static_cast<std::size_t>(why)];
}

const Field* find_field(const Fields& fields, std::string_view key) noexcept {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return std::string_view(f.key) == key; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<faq::Id> root_causes(std::span<const Subject> subjects) {
    std::vector<faq::Id> causes;
    for (const Outcome outcome : {Outcome::failed, Outcome::warned}) add_problems_with(outcome, subjects, causes);
    return causes;
}

Verdict verdict(std::span<const Subject> subjects, FailOn fail_on) {
    const bool failed = fail_on != FailOn::never && has_outcome(subjects, Outcome::failed);
    const bool warned = fail_on == FailOn::warn && has_outcome(subjects, Outcome::warned);
    if (failed || warned) return Verdict::findings;
    // What a check of ours broke off was not checked either.
    return has_outcome(subjects, Outcome::unknown) || has_crashed(subjects) ? Verdict::unknown : Verdict::healthy;
}

Verdict verdict(const Report& report, FailOn fail_on) {
    const Verdict told = verdict(report.subjects, fail_on);
    const bool lacks = report.whole && (report.whole->subjects == 0 || report.whole->cut_short != CutShort::no);
    return lacks && told == Verdict::healthy ? Verdict::unknown : told;
}

void Whole::count(const Subject& subject) {
    ++subjects;
    for (const Finding& finding : subject.findings) {
        ++rungs[{finding.rung, finding.outcome}];
        if (finding.faq) ++problems[{faq::entry(*finding.faq).id, finding.outcome}];
    }
}

void Whole::add(const Whole& other) {
    subjects += other.subjects;
    for (const auto& [key, count] : other.rungs) rungs[key] += count;
    for (const auto& [key, count] : other.problems) problems[key] += count;
}

std::size_t Whole::places(faq::Id problem) const {
    std::int64_t places = 0;
    for (const Outcome outcome : {Outcome::failed, Outcome::warned}) {
        const auto found = problems.find({faq::entry(problem).id, outcome});
        if (found != problems.end()) places += found->second;
    }
    return static_cast<std::size_t>(places);
}

bool has_crashed(std::span<const Subject> subjects) noexcept { return has_outcome(subjects, Outcome::crashed); }

}  // namespace scca::report
