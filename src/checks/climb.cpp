// SPDX-License-Identifier: Apache-2.0
//
// Climbs the ladder: row by row, for every subject of the row's kind, looks first whether what the rung stands on
// holds.
#include "rungs.hpp"
#include "subjects.hpp"
#include "wishes.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace scca::checks {
namespace {

using report::Finding;
using report::Outcome;
using report::Subject;

struct CheckRow {
    Rung rung;
    Judgements (*check)(const Case&, const Dossier&);
};

/// In the ladder's order. A rung without a row leaves no finding.
constexpr CheckRow check_table[] = {
    {Rung::machine_clock, check_machine_clock},
    {Rung::machine_usb, check_machine_usb},
    {Rung::machine_usb_access, check_machine_usb_access},
    {Rung::machine_pcsc, check_machine_pcsc},
    {Rung::machine_driver, check_machine_driver},
    {Rung::machine_helper, check_machine_helper},
    {Rung::machine_conflict, check_machine_conflict},
    {Rung::machine_network, check_machine_network},
    {Rung::reader_found, check_reader_found},
    {Rung::reader_card, check_reader_card},
    {Rung::reader_free, check_reader_free},
    {Rung::reader_answers, check_reader_answers},
    {Rung::module_file, check_module_file},
    {Rung::module_loads, check_module_loads},
    {Rung::module_answers, check_module_answers},
    {Rung::token_found, check_token_found},
    {Rung::token_application, check_token_application},
    {Rung::token_pin, check_token_pin},
    {Rung::token_container, check_token_container},
    {Rung::cert_found, check_cert_found},
    {Rung::cert_pair, check_cert_pair},
    {Rung::key_signs, check_key_signs},
    {Rung::cert_readable, check_cert_readable},
    {Rung::cert_dates, check_cert_dates},
    {Rung::cert_issuer, check_cert_issuer},
    {Rung::cert_chain, check_cert_chain},
    {Rung::cert_signature, check_cert_signature},
    {Rung::cert_usage, check_cert_usage},
    {Rung::cert_key, check_cert_key},
    {Rung::cert_strength, check_cert_strength},
    {Rung::cert_revocation, check_cert_revocation},
    {Rung::seal_found, check_seal_found},
    {Rung::seal_readable, check_seal_readable},
    {Rung::seal_dates, check_seal_dates},
    {Rung::seal_maker, check_seal_maker},
    {Rung::seal_signature, check_seal_signature},
    {Rung::seal_signer, check_seal_signer},
    {Rung::seal_picture, check_seal_picture},
    {Rung::seal_timestamp, check_seal_timestamp},
    {Rung::document_readable, check_document_readable},
    {Rung::document_signed, check_document_signed},
    {Rung::document_coverage, check_document_coverage},
    {Rung::signature_readable, check_signature_readable},
    {Rung::signature_references, check_signature_references},
    {Rung::signature_value, check_signature_value},
    {Rung::signature_signer, check_signature_signer},
    {Rung::signature_time, check_signature_time},
    {Rung::signature_timestamp, check_signature_timestamp},
};
static_assert(std::is_sorted(std::begin(check_table), std::end(check_table),
                             [](const CheckRow& a, const CheckRow& b) { return a.rung < b.rung; }));

/// "certificate" for cert.*, "machine" for machine.*: the first word of a rung's id decides which part asks for it.
bool belongs_to(Part part, Rung rung) {
    const std::string_view id = id_of(rung);
    switch (part) {
        case Part::everything: return true;
        case Part::no_key: return id.starts_with("machine.") || id.starts_with("module.");
        case Part::certificates: return !id.starts_with("seal.");
        case Part::seals: return !id.starts_with("cert.") || rung == Rung::cert_found;
        case Part::key: return !id.starts_with("seal.");  // a second key has none, and is whole without
    }
    return true;
}

bool is_listed(const std::vector<Rung>& rungs, Rung rung) {
    return std::find(rungs.begin(), rungs.end(), rung) != rungs.end();
}

bool is_wanted(const Options& options, Part part, Rung rung) {
    return belongs_to(part, rung) && (options.only.empty() || is_listed(options.only, rung)) &&
           !is_listed(options.skip, rung);
}

/// What is broken cannot be stood on. A warning, a note or an unknown does not block.
bool breaks(Outcome outcome) noexcept {
    return outcome == Outcome::failed || outcome == Outcome::blocked || outcome == Outcome::crashed;
}

/// Looking takes time, judging does not count: a module's calls are charged to module.answers.
std::chrono::milliseconds time_spent(Rung rung, const Case& one) {
    return rung == Rung::module_answers ? one.module->duration : std::chrono::milliseconds{0};
}

/// Whether a subject can be read is asked first; all other rungs of its kind stand on that.
bool asks_whether_readable(Rung rung) {
    return rung == Rung::cert_readable || rung == Rung::seal_readable || rung == Rung::document_readable ||
           rung == Rung::signature_readable;
}

/// The rows to climb, in the ladder's order.
struct Way {
    std::vector<const CheckRow*> rows;
    std::vector<const CheckRow*> in_silence;  ///< left out, and yet nothing can be said of what cannot be read
};

/// Who names files asks nothing about this computer or a key, and a file is judged for what it is, whichever command it
/// was given to.
Way way_for(const Options& options, bool about_files) {
    Way way;
    for (const CheckRow& row : check_table) {
        const bool is_of_machine = row_of(row.rung).kind == SubjectKind::machine;
        if (!is_wanted(options, about_files ? Part::everything : options.part, row.rung)) {
            if (asks_whether_readable(row.rung)) way.in_silence.push_back(&row);
        } else if (!about_files || !is_of_machine) {
            way.rows.push_back(&row);
        }
    }
    return way;
}

/// A bug of ours is shown as such, blocks what needs it, and is never a root cause.
Judgements judge_row(const CheckRow& row, const Case& one, const Dossier& dossier) {
    try {
        return row.check(one, dossier);
    } catch (const std::exception& error) {
        return Judgement{Outcome::crashed, {}, {{"message", std::string(error.what())}}, {}};
    }
}

/// What else is judged by what was asked about revocation asks for it, too.
Options with_revocation(Options options) {
    if (is_listed(options.only, Rung::machine_network) || is_listed(options.only, Rung::machine_clock)) {
        options.only.push_back(Rung::cert_revocation);
    }
    return options;
}

class Climb {
public:
    Climb(const token::Snapshot& snapshot, const Options& options, Authorities& authorities,
          const FetchedDocuments& fetched)
        : dossier_(open_dossier(snapshot, options, authorities, fetched)) {
        std::array<unsigned, subject_kinds> counts{};
        subjects_.reserve(dossier_.cases.size());
        for (const Case& one : dossier_.cases) {
            Subject subject = subject_of(one, authorities, options.in_brief);
            subject.id = std::string(name_of(one.kind));
            if (one.kind != SubjectKind::machine)
                subject.id += '-' + std::to_string(++counts[static_cast<std::size_t>(one.kind)]);
            if (one.parent != no_parent && one.parent != 0) subject.parent = subjects_[one.parent].id;
            // What is inside a file is named with it, or nobody could tell whose it is.
            if (!subject.parent.empty() && !subject.path.empty()) {
                const std::string& file = subjects_[outermost(one.parent)].path;
                if (!file.empty() && file != subject.path) subject.path = file + '!' + subject.path;
            }
            subjects_.push_back(std::move(subject));
        }
        tell_tokens_apart();
        if (snapshot.watch) subjects_.front().facts = facts_of(*snapshot.watch);
    }

    [[nodiscard]] const Dossier& dossier() const noexcept { return dossier_; }

    /// Once.
    report::Report run(const Way& way) {
        const std::vector<const CheckRow*>& rows = way.rows;
        std::array<bool, subject_kinds> present{};
        for (const Subject& subject : subjects_) present[static_cast<std::size_t>(subject.kind)] = true;
        for (const CheckRow* row : way.in_silence) {
            if (present[static_cast<std::size_t>(row_of(row->rung).kind)]) find_unreadable(*row);
        }
        for (const CheckRow* row : rows) {
            if (!present[static_cast<std::size_t>(row_of(row->rung).kind)] || !was_asked(row->rung)) continue;
            for (std::size_t i = 0; i < subjects_.size(); ++i) {
                if (dossier_.cases[i].kind == row_of(row->rung).kind) climb(*row, i);
            }
        }
        if (std::any_of(rows.begin(), rows.end(), [](const CheckRow* row) { return row->rung == Rung::key_signs; })) {
            tell_unsigned();
        }
        tell_unanswered();
        const bool partial = dossier_.options->part != Part::everything || !dossier_.options->only.empty() ||
                             !dossier_.options->skip.empty();
        report::Report report{dossier_.options->command, dossier_.options->at, std::move(subjects_), partial};
        report.is_foreign = dossier_.has_foreign_file;
        return report;
    }

private:
    /// Of the cases that stand one in another, the one that stands in none.
    [[nodiscard]] std::size_t outermost(std::size_t position) const {
        for (std::size_t above = dossier_.cases[position].parent; above != no_parent && above != 0;
             above = dossier_.cases[position].parent) {
            position = above;
        }
        return position;
    }

    /// Some rungs are only climbed on request; without it they leave nothing behind, not even that they were blocked.
    [[nodiscard]] bool was_asked(Rung rung) const {
        if (rung == Rung::cert_revocation) return revocation_was_asked();
        // A look that was saved has it, whether or not it is asked for now.
        return rung != Rung::key_signs || dossier_.options->sign_test || dossier_.snapshot->sign_test;
    }

    [[nodiscard]] bool revocation_was_asked() const {
        const Options& options = *dossier_.options;
        const token::Snapshot& snapshot = *dossier_.snapshot;
        const bool kept = options.revocation && !options.revocation->list.empty();
        return options.online || kept || !snapshot.crls.empty() || !snapshot.ocsp_answers.empty();
    }

    /// Keys of one make all have the same label.
    void tell_tokens_apart() {
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

    [[nodiscard]] bool was_told(Rung rung) const {
        return std::any_of(subjects_.begin(), subjects_.end(), [&](const Subject& subject) {
            return std::any_of(subject.findings.begin(), subject.findings.end(),
                               [&](const Finding& finding) { return finding.rung == rung; });
        });
    }

    /// A signature was asked for, and there is no key to sign with: what broke on the way to one, or nobody knows.
    void tell_unsigned() {
        constexpr std::array way{Rung::machine_usb,     Rung::machine_usb_access, Rung::machine_pcsc,
                                 Rung::machine_driver,  Rung::reader_found,       Rung::reader_card,
                                 Rung::reader_free,     Rung::reader_answers,     Rung::module_file,
                                 Rung::module_loads,    Rung::module_answers,     Rung::token_application,
                                 Rung::token_container, Rung::cert_found,         Rung::cert_readable};
        if (!was_asked(Rung::key_signs) || was_told(Rung::key_signs)) return;
        Finding untold{
            Rung::key_signs, Outcome::unknown, {}, {{"reason", std::string("no-signing-certificate")}}, {}, {}};
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
    void tell_unanswered() {
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
    [[nodiscard]] Subject& place_of(Rung rung) {
        const auto place = std::find_if(subjects_.begin(), subjects_.end(),
                                        [&](const Subject& subject) { return subject.kind == row_of(rung).kind; });
        const bool about_files = !dossier_.snapshot->files.empty();
        if (place != subjects_.end() && !(about_files && place == subjects_.begin())) return *place;
        return about_files && subjects_.size() > 1 ? subjects_[1] : subjects_.front();
    }

    void find_unreadable(const CheckRow& row) {
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
    [[nodiscard]] const report::Fields* find_unreadable_at(std::size_t position) const {
        const auto found = std::find_if(unreadable_.begin(), unreadable_.end(),
                                        [&](const auto& one) { return one.first == position; });
        return found == unreadable_.end() ? nullptr : &found->second;
    }

    void climb(const CheckRow& row, std::size_t position) {
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
    [[nodiscard]] std::string find_blocker(Rung rung, std::size_t position) const {
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

    Dossier dossier_;
    std::vector<Subject> subjects_;
    std::vector<std::pair<std::size_t, report::Fields>> unreadable_;  ///< positions of subjects, and why
    bool broke_ = false;                                              ///< something did, so far
};

}  // namespace

struct Judge::Rows {
    Way about_files, about_keys;

    [[nodiscard]] const Way& of(const token::Snapshot& snapshot) const noexcept {
        return snapshot.files.empty() ? about_keys : about_files;
    }
};

Judge::Judge(Options options, const std::vector<token::FileGiven>& trust)
    : options_(std::move(options)),
      authorities_(std::make_unique<Authorities>(trust, options_.remembered)),
      rows_(std::make_unique<Rows>(Rows{way_for(options_, true), way_for(options_, false)})) {
    if (!options_.online) return;
    const Options asking = with_revocation(options_);
    asking_rows_ = std::make_unique<Rows>(Rows{way_for(asking, true), way_for(asking, false)});
}
Judge::~Judge() = default;

void Judge::get_ready() { authorities_->get_ready(); }

report::Report Judge::judge(const token::Snapshot& snapshot, const FetchedDocuments& fetched) {
    if (snapshot.seen_before_redaction) authorities_->recall(*snapshot.seen_before_redaction);
    return Climb(snapshot, options_, *authorities_, fetched).run(rows_->of(snapshot));
}

std::vector<Wish> Judge::find_wishes(const token::Snapshot& snapshot, bool is_last, const FetchedDocuments& fetched) {
    if (!asking_rows_) return {};
    Climb climb(snapshot, options_, *authorities_, fetched);
    const report::Report report = climb.run(asking_rows_->of(snapshot));
    return wishes_of(climb.dossier(), report, is_last);
}

report::Report judge(const token::Snapshot& snapshot, const Options& options) {
    return Judge(options, snapshot.trust).judge(snapshot);
}

}  // namespace scca::checks
