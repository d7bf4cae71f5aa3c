// SPDX-License-Identifier: Apache-2.0
#include "climb.hpp"

#include "subjects.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <utility>

namespace scca::checks {
namespace {

using report::Finding;
using report::Outcome;
using report::Subject;

/// What is broken cannot be stood on. A warning, a note or an unknown does not block.
bool breaks(Outcome outcome) noexcept {
    return outcome == Outcome::failed || outcome == Outcome::blocked || outcome == Outcome::crashed;
}

/// Looking takes time, judging does not count: a module's calls are charged to module.answers.
std::chrono::milliseconds time_spent(Rung rung, const Case& one) {
    return rung == Rung::module_answers ? one.module->duration : std::chrono::milliseconds{0};
}

/// A bug of ours is shown as such, blocks what needs it, and is never a root cause.
Judgements judge_row(const CheckRow& row, const Case& one, const Dossier& dossier) {
    try {
        return row.check(one, dossier);
    } catch (const std::exception& error) {
        return Judgement{Outcome::crashed, {}, {{"message", std::string(error.what())}}, {}};
    }
}

}  // namespace

Climb::Climb(const token::Snapshot& snapshot, FoundFiles found, const Options& options, Authorities& authorities,
             const FetchedDocuments& fetched)
    : dossier_(open_dossier(snapshot, std::move(found), options, authorities, fetched)) {}

void Climb::describe() {
    std::array<unsigned, subject_kinds> counts{};
    subjects_.reserve(dossier_.cases.size());
    for (const Case& one : dossier_.cases) {
        Subject subject = subject_of(one, *dossier_.authorities, dossier_.options->in_brief);
        const auto kind = static_cast<std::size_t>(one.kind);
        is_present_[kind] = true;
        subject.id = std::string(name_of(one.kind));
        if (one.kind != SubjectKind::machine) subject.id += '-' + std::to_string(++counts[kind]);
        if (one.parent != no_parent && one.parent != 0) subject.parent = subjects_[one.parent].id;
        // What is inside a file is named with it, or nobody could tell whose it is.
        if (!subject.parent.empty() && !subject.path.empty()) {
            const std::string& file = subjects_[outermost(one.parent)].path;
            if (!file.empty() && file != subject.path) subject.path = file + '!' + subject.path;
        }
        subjects_.push_back(std::move(subject));
    }
    tell_tokens_apart();
    if (dossier_.snapshot->watch) subjects_.front().facts = facts_of(*dossier_.snapshot->watch);
}

void Climb::climb(const CheckRow& row) {
    const SubjectKind kind = row_of(row.rung).kind;
    if (!is_present_[static_cast<std::size_t>(kind)] || !was_asked(row.rung)) return;
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
        if (dossier_.cases[i].kind == kind) climb(row, i);
    }
}

report::Report Climb::finish(const Way& way) {
    if (std::any_of(way.rows.begin(), way.rows.end(),
                    [](const CheckRow* row) { return row->rung == Rung::key_signs; })) {
        tell_unsigned();
    }
    tell_unanswered();
    const bool partial = dossier_.options->part != Part::everything || !dossier_.options->only.empty() ||
                         !dossier_.options->skip.empty();
    report::Report report{dossier_.options->command, dossier_.options->at, std::move(subjects_), partial};
    report.is_foreign = dossier_.has_foreign_file;
    return report;
}

/// Of the cases that stand one in another, the one that stands in none.
std::size_t Climb::outermost(std::size_t position) const {
    for (std::size_t above = dossier_.cases[position].parent; above != no_parent && above != 0;
         above = dossier_.cases[position].parent) {
        position = above;
    }
    return position;
}

/// Some rungs are only climbed on request; without it they leave nothing behind, not even that they were blocked.
bool Climb::was_asked(Rung rung) const {
    if (rung == Rung::cert_revocation) return revocation_was_asked();
    // A look that was saved has it, whether or not it is asked for now.
    return rung != Rung::key_signs || dossier_.options->sign_test || dossier_.snapshot->sign_test;
}

bool Climb::revocation_was_asked() const {
    const Options& options = *dossier_.options;
    const token::Snapshot& snapshot = *dossier_.snapshot;
    const bool kept = options.revocation && !options.revocation->list.empty();
    return options.online || kept || !snapshot.crls.empty() || !snapshot.ocsp_answers.empty();
}

/// Keys of one make all have the same label.
void Climb::tell_tokens_apart() {
    std::map<std::string, unsigned> counts;
    for (const Subject& subject : subjects_) {
        if (subject.kind == SubjectKind::token) ++counts[subject.name];
    }
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
        if (subjects_[i].kind != SubjectKind::token || counts[subjects_[i].name] < 2) continue;
        const std::string& serial = dossier_.cases[i].token->serial;
        subjects_[i].name += ' ' + (serial.empty() ? dossier_.cases[i].token->device : serial);
    }
}

bool Climb::was_told(Rung rung) const {
    return std::any_of(subjects_.begin(), subjects_.end(), [&](const Subject& subject) {
        return std::any_of(subject.findings.begin(), subject.findings.end(),
                           [&](const Finding& finding) { return finding.rung == rung; });
    });
}

/// A signature was asked for, and there is no key to sign with: what broke on the way to one, or nobody knows.
void Climb::tell_unsigned() {
    constexpr std::array way{Rung::machine_usb,     Rung::machine_usb_access, Rung::machine_pcsc,
                             Rung::machine_driver,  Rung::reader_found,       Rung::reader_card,
                             Rung::reader_free,     Rung::reader_answers,     Rung::module_file,
                             Rung::module_loads,    Rung::module_answers,     Rung::token_application,
                             Rung::token_container, Rung::cert_found,         Rung::cert_readable};
    if (!was_asked(Rung::key_signs) || was_told(Rung::key_signs)) return;
    Finding untold{Rung::key_signs, Outcome::unknown, {}, {{"reason", std::string("no-signing-certificate")}}, {}, {}};
    for (const Rung rung : way) {
        for (std::size_t at = 0; at < subjects_.size() && untold.blocked_by.empty(); ++at) {
            const auto& findings = subjects_[at].findings;
            const bool broke = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
                return finding.rung == rung && finding.outcome == Outcome::failed;
            });
            if (broke) untold.blocked_by = (at == 0 ? "" : subjects_[at].id + '#') + std::string(id_of(rung));
        }
    }
    if (!untold.blocked_by.empty()) {
        untold.outcome = Outcome::blocked;
        untold.evidence.clear();
    }
    subjects_.front().findings.push_back(std::move(untold));
}

/// A rung that was asked for by name and met nothing to judge could not be answered; silence would read as success.
void Climb::tell_unanswered() {
    for (const Rung rung : dossier_.options->only) {
        if (was_told(rung) || is_listed(dossier_.options->skip, rung)) continue;
        Finding untold{rung, Outcome::unknown, {}, {}, {}, {}};
        if (rung == Rung::cert_revocation && !revocation_was_asked()) {
            untold.faq = faq::id::revocation_unknown;
            untold.evidence = {{"reason", std::string("nobody-asked")}};
        }
        place_of(rung).findings.push_back(std::move(untold));
    }
}

/// Where somebody who asked for a rung looks for it. A file has nothing to do with the machine.
Subject& Climb::place_of(Rung rung) {
    const auto place = std::find_if(subjects_.begin(), subjects_.end(),
                                    [&](const Subject& subject) { return subject.kind == row_of(rung).kind; });
    const bool about_files = !dossier_.snapshot->files.empty();
    if (place != subjects_.end() && !(about_files && place == subjects_.begin())) return *place;
    return about_files && subjects_.size() > 1 ? subjects_[1] : subjects_.front();
}

void Climb::find_unreadable(const CheckRow& row) {
    if (!is_present_[static_cast<std::size_t>(row_of(row.rung).kind)]) return;
    for (std::size_t at = 0; at < subjects_.size(); ++at) {
        if (subjects_[at].kind != row_of(row.rung).kind) continue;
        judge_row(row, dossier_.cases[at], dossier_).hand_to([&](Judgement&& judgement) {
            if (!breaks(judgement.outcome)) return;
            judgement.evidence.push_back({"reason", std::string("subject-unreadable")});
            unreadable_.emplace_back(at, std::move(judgement.evidence));
        });
    }
}

/// Why; null when it can be read, or when that is a rung of its own.
const report::Fields* Climb::find_unreadable_at(std::size_t position) const {
    const auto found =
        std::find_if(unreadable_.begin(), unreadable_.end(), [&](const auto& one) { return one.first == position; });
    return found == unreadable_.end() ? nullptr : &found->second;
}

void Climb::climb(const CheckRow& row, std::size_t position) {
    constexpr std::size_t usual_findings = 8;
    std::vector<Finding>& findings = subjects_[position].findings;
    if (findings.empty()) findings.reserve(usual_findings);
    const std::string blocker = find_blocker(row.rung, position);
    if (!blocker.empty()) {
        findings.push_back({row.rung, Outcome::blocked, {}, {}, blocker, {}});
        return;
    }
    if (const auto* const why = find_unreadable_at(position)) {
        findings.push_back({row.rung, Outcome::unknown, {}, *why, {}, {}});
        return;
    }
    judge_row(row, dossier_.cases[position], dossier_).hand_to([&](Judgement&& judgement) {
        broke_ = broke_ || breaks(judgement.outcome);
        findings.push_back({row.rung, judgement.outcome, judgement.faq, std::move(judgement.evidence),
                            std::move(judgement.blocked_by), time_spent(row.rung, dossier_.cases[position])});
    });
}

/// The first need that is broken: in this subject, in one above it, or in the machine. What broke first is named,
/// not what it blocked. Empty when all hold.
std::string Climb::find_blocker(Rung rung, std::size_t position) const {
    if (!broke_) return {};
    const Needs& needs = row_of(rung).needs;
    for (std::size_t n = 0; n < needs.count; ++n) {
        for (std::size_t at = position;; at = dossier_.cases[at].parent) {
            for (const Finding& finding : subjects_[at].findings) {
                if (finding.rung != needs.rungs[n] || !breaks(finding.outcome)) continue;
                if (finding.outcome == Outcome::blocked) return finding.blocked_by;
                const std::string id(id_of(finding.rung));
                return at == position ? id : subjects_[at].id + '#' + id;
            }
            if (dossier_.cases[at].parent == no_parent) break;
        }
    }
    return {};
}

}  // namespace scca::checks
