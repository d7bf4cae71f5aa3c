// SPDX-License-Identifier: Apache-2.0
#include "batch_summary.hpp"

#include "scca/faq/ids.hpp"
#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <span>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

bool fails_with(const report::Subject& subject, std::initializer_list<faq::Id> problems) {
    return std::any_of(subject.findings.begin(), subject.findings.end(), [&](const report::Finding& finding) {
        return finding.outcome == report::Outcome::failed && finding.faq &&
               std::find(problems.begin(), problems.end(), *finding.faq) != problems.end();
    });
}

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

bool has_no_end(const report::Finding& finding) {
    const report::Field* end = report::find_field(finding.evidence, "not_after");
    const auto* moment = end == nullptr ? nullptr : std::get_if<Moment>(&end->value);
    return moment != nullptr && is_endless(*moment);
}

bool is_about_dates(const report::Finding& finding) {
    return finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates;
}

bool is_of_unreadable(const report::Finding& finding) {
    const report::Field* reason = report::find_field(finding.evidence, "reason");
    const auto* text = reason == nullptr ? nullptr : std::get_if<std::string>(&reason->value);
    return finding.outcome == report::Outcome::unknown && text != nullptr && *text == "subject-unreadable";
}

std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

}  // namespace

void BatchSummary::count(const report::Subject& subject) {
    const bool has_dates = subject.kind == SubjectKind::certificate || subject.kind == SubjectKind::seal;
    const bool dated = std::any_of(subject.findings.begin(), subject.findings.end(), is_about_dates);
    if (has_dates) (dated ? dated_ : undated_) = true;
    // Where that was not asked for, all other rungs say so.
    if (std::any_of(subject.findings.begin(), subject.findings.end(), is_of_unreadable)) ++unreadable_;
    for (const report::Finding& finding : subject.findings) {
        const bool failed = finding.outcome == report::Outcome::failed;
        if (finding.faq && failed) failed_.insert(*finding.faq);
        if (finding.faq && finding.outcome == report::Outcome::warned) warned_.insert(*finding.faq);
        const bool readable = finding.rung == Rung::cert_readable || finding.rung == Rung::seal_readable ||
                              finding.rung == Rung::document_readable;
        if (readable && failed) ++unreadable_;
        if (!is_about_dates(finding)) continue;
        if (report::find_field(finding.evidence, "days_past") != nullptr) ++expired_;
        const report::Field* left = report::find_field(finding.evidence, "days_left");
        const std::int64_t days = left == nullptr ? never : std::get<std::int64_t>(left->value);
        if (days > 90 || has_no_end(finding)) continue;
        if (days <= 30) ++within_30_;
        if (days <= 60) ++within_60_;
        ++within_90_;
    }
    if (fails_with(subject, {faq::id::cert_revoked})) ++revoked_;
    if (fails_with(subject, {faq::id::cert_forged, faq::id::cert_untrusted, faq::id::seal_tampered,
                             faq::id::seal_maker_invalid, faq::id::document_altered, faq::id::signature_mismatch}))
        ++untrusted_;
    const std::span alone(&subject, 1);
    if (report::verdict(alone, report::FailOn::never) == report::Verdict::unknown) ++unclear_;
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
    revoked_ += other.revoked_;
    untrusted_ += other.untrusted_;
    unclear_ += other.unclear_;
    findings_ = findings_ || other.findings_;
    unknown_ = unknown_ || other.unknown_;
    crashed_ = crashed_ || other.crashed_;
    dated_ = dated_ || other.dated_;
    undated_ = undated_ || other.undated_;
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
    const std::array<std::pair<std::size_t, faq::Text>, 3> rare{
        {{revoked_, words::batch_revoked}, {untrusted_, words::batch_untrusted}, {unclear_, words::batch_unknown}}};
    std::string more;
    for (const auto& [count, phrase] : rare) {
        if (count > 0) more += report::fill(phrase.in(lang), {{"count", number(count)}}, lang);
    }
    const faq::Text sentence = undated_ && !dated_ ? words::batch_summary_undated : words::batch_summary;
    std::string text = report::fill(sentence.in(lang),
                                    {{"files", number(files_)},
                                     {"expired", number(expired_)},
                                     {"within_30", number(within_30_)},
                                     {"within_60", number(within_60_)},
                                     {"within_90", number(within_90_)},
                                     {"unreadable", number(unreadable_)},
                                     {"more", more}},
                                    lang);
    if (foreign_ > 0) text += report::fill(words::batch_foreign.in(lang), {{"foreign", number(foreign_)}}, lang);
    return text;
}

std::vector<report::Figure> BatchSummary::figures() const {
    return {{"files", number(files_)},
            {"expired", number(expired_)},
            {"within 30 days", number(within_30_)},
            {"within 60 days", number(within_60_)},
            {"within 90 days", number(within_90_)},
            {"unreadable", number(unreadable_)},
            {"revoked", number(revoked_)},
            {"not trusted", number(untrusted_)},
            {"unknown", number(unclear_)}};
}

}  // namespace scca::cli
