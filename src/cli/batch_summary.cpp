// SPDX-License-Identifier: Apache-2.0
#include "batch_summary.hpp"

#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <algorithm>

namespace scca::cli {

void BatchSummary::count(const report::Subject& subject) {
    for (const report::Finding& finding : subject.findings) {
        const bool failed = finding.outcome == report::Outcome::failed;
        if (finding.faq && failed) failed_.insert(*finding.faq);
        if (finding.faq && finding.outcome == report::Outcome::warned) warned_.insert(*finding.faq);
        const bool readable = finding.rung == Rung::cert_readable || finding.rung == Rung::seal_readable ||
                              finding.rung == Rung::document_readable;
        if (readable && failed) ++unreadable_;
        if (finding.rung != Rung::cert_dates && finding.rung != Rung::seal_dates) continue;
        if (report::find_field(finding.evidence, "days_past") != nullptr) ++expired_;
        const report::Field* left = report::find_field(finding.evidence, "days_left");
        if (left == nullptr) continue;
        const std::int64_t days = std::get<std::int64_t>(left->value);
        if (days <= 30) ++within_30_;
        if (days <= 60) ++within_60_;
        if (days <= 90) ++within_90_;
    }
}

void BatchSummary::add(const report::Report& report, report::FailOn fail_on) {
    crashed_ = crashed_ || report::has_crashed(report);
    switch (report::verdict(report, fail_on)) {
        case report::Verdict::findings: findings_ = true; break;
        case report::Verdict::unknown: unknown_ = true; break;
        case report::Verdict::healthy: break;
    }
    for (const report::Subject& subject : report.subjects) count(subject);
}

void BatchSummary::add(const BatchSummary& other) {
    files_ += other.files_;
    foreign_ += other.foreign_;
    expired_ += other.expired_;
    within_30_ += other.within_30_;
    within_60_ += other.within_60_;
    within_90_ += other.within_90_;
    unreadable_ += other.unreadable_;
    findings_ = findings_ || other.findings_;
    unknown_ = unknown_ || other.unknown_;
    crashed_ = crashed_ || other.crashed_;
    failed_.insert(other.failed_.begin(), other.failed_.end());
    warned_.insert(other.warned_.begin(), other.warned_.end());
}

ExitStatus BatchSummary::status() const noexcept {
    if (crashed_) return ExitStatus::internal;
    if (files_ == 0) return ExitStatus::unknown;  // nothing was there to check: no success
    if (findings_) return ExitStatus::findings;
    return unknown_ ? ExitStatus::unknown : ExitStatus::healthy;
}

report::Verdict BatchSummary::verdict() const noexcept {
    if (findings_) return report::Verdict::findings;
    return unknown_ || files_ == 0 ? report::Verdict::unknown : report::Verdict::healthy;
}

std::vector<faq::Id> BatchSummary::root_causes() const {
    std::vector<faq::Id> causes;
    for (const std::set<faq::Id>* ids : {&failed_, &warned_}) {
        std::vector<faq::Id> some(ids->begin(), ids->end());
        std::stable_sort(some.begin(), some.end(),
                         [](faq::Id a, faq::Id b) { return faq::entry(a).urgency < faq::entry(b).urgency; });
        for (const faq::Id id : some) {
            if (std::find(causes.begin(), causes.end(), id) == causes.end()) causes.push_back(id);
        }
    }
    return causes;
}

std::string BatchSummary::text(faq::Lang lang) const {
    const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
    return report::fill(faq::words::cli::batch_summary.in(lang),
                        {{"files", number(files_)},
                         {"expired", number(expired_)},
                         {"within_30", number(within_30_)},
                         {"within_60", number(within_60_)},
                         {"within_90", number(within_90_)},
                         {"unreadable", number(unreadable_)}},
                        lang) +
           (foreign_ == 0
                ? std::string()
                : report::fill(faq::words::cli::batch_foreign.in(lang), {{"foreign", number(foreign_)}}, lang)) +
           '\n';
}

}  // namespace scca::cli
