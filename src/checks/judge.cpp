// SPDX-License-Identifier: Apache-2.0
#include "scca/checks/judge.hpp"

#include "climb.hpp"
#include "wishes.hpp"

#include <span>
#include <utility>

namespace scca::checks {
namespace {

/// What else is judged by what was asked about revocation asks for it, too.
Options with_revocation(Options options) {
    if (is_listed(options.only, Rung::machine_network) || is_listed(options.only, Rung::machine_clock)) {
        options.only.push_back(Rung::cert_revocation);
    }
    return options;
}

/// Step by step for all of them: the code of one step stays in the processor's first cache, that of all of them has no
/// room there.
std::vector<report::Report> climb_together(std::span<Climb> climbs, const Way& way) {
    for (Climb& one : climbs) one.describe();
    for (const CheckRow* row : way.in_silence) {
        for (Climb& one : climbs) one.find_unreadable(*row);
    }
    for (const CheckRow* row : way.rows) {
        for (Climb& one : climbs) one.climb(*row);
    }
    std::vector<report::Report> reports;
    reports.reserve(climbs.size());
    for (Climb& one : climbs) reports.push_back(one.finish(way));
    return reports;
}

}  // namespace

struct Judge::Ways {
    Way about_files, about_keys;

    [[nodiscard]] const Way& of(const token::Snapshot& snapshot) const noexcept {
        return snapshot.files.empty() ? about_keys : about_files;
    }
};

Judge::Judge(Options options, const std::vector<token::FileGiven>& trust)
    : options_(std::move(options)),
      authorities_(std::make_unique<Authorities>(trust, options_.remembered)),
      ways_(std::make_unique<Ways>(Ways{way_for(options_, true), way_for(options_, false)})) {
    if (!options_.online) return;
    const Options asking = with_revocation(options_);
    asking_ways_ = std::make_unique<Ways>(Ways{way_for(asking, true), way_for(asking, false)});
}
Judge::~Judge() = default;

void Judge::get_ready() { authorities_->get_ready(); }

report::Report Judge::judge(const token::Snapshot& snapshot, const FetchedDocuments& fetched) {
    if (snapshot.seen_before_redaction) authorities_->recall(*snapshot.seen_before_redaction);
    Climb one(snapshot, find_given(snapshot), options_, *authorities_, fetched);
    return std::move(climb_together({&one, 1}, ways_->of(snapshot)).front());
}

std::vector<report::Report> Judge::judge_together(std::span<const token::Snapshot> snapshots) {
    std::vector<FoundFiles> found;
    found.reserve(snapshots.size());
    for (const token::Snapshot& snapshot : snapshots) found.push_back(find_given(snapshot));
    std::vector<Climb> climbs;
    climbs.reserve(snapshots.size());
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        climbs.emplace_back(snapshots[i], std::move(found[i]), options_, *authorities_, FetchedDocuments{});
    }
    return climb_together(climbs, ways_->about_files);
}

std::vector<Wish> Judge::find_wishes(const token::Snapshot& snapshot, bool is_last, const FetchedDocuments& fetched) {
    if (!asking_ways_) return {};
    Climb one(snapshot, find_given(snapshot), options_, *authorities_, fetched);
    const report::Report report = std::move(climb_together({&one, 1}, asking_ways_->of(snapshot)).front());
    return wishes_of(one.dossier(), report, is_last);
}

report::Report judge(const token::Snapshot& snapshot, const Options& options) {
    return Judge(options, snapshot.trust).judge(snapshot);
}

}  // namespace scca::checks
