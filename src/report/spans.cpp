// SPDX-License-Identifier: Apache-2.0
#include "spans.hpp"

#include "letter.hpp"

namespace scca::report {
namespace {

std::optional<std::int64_t> fact_number(const Subject& subject, std::string_view key) {
    const Field* field = find_field(subject.facts, key);
    const auto* number = field == nullptr ? nullptr : std::get_if<std::int64_t>(&field->value);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace

std::optional<Span> span_of(const Subject& subject) {
    const bool seal = subject.kind == SubjectKind::seal;
    if (!seal && subject.kind != SubjectKind::certificate) return std::nullopt;
    Span span{&subject, fact_moment(subject, seal ? "valid_from" : "not_before"),
              fact_moment(subject, seal ? "valid_to" : "not_after"), Outcome::passed};
    for (const Finding& finding : subject.findings) {
        if (finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates) span.outcome = finding.outcome;
    }
    return span.from || span.to ? std::optional(span) : std::nullopt;
}

std::vector<Span> spans_of(const Report& report) {
    std::vector<Span> spans;
    for (const Subject& subject : report.subjects) {
        if (const auto span = span_of(subject)) spans.push_back(*span);
    }
    return spans;
}

std::vector<PinTries> pin_tries_of(const Report& report) {
    std::vector<PinTries> tries;
    for (const Subject& subject : report.subjects) {
        const auto left = fact_number(subject, "pin_tries_left");
        if (subject.kind == SubjectKind::token && left)
            tries.push_back({&subject, *left, fact_number(subject, "pin_tries_max")});
    }
    return tries;
}

}  // namespace scca::report
