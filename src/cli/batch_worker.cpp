// SPDX-License-Identifier: Apache-2.0
#include "batch_worker.hpp"

#include "picture.hpp"
#include "rounds.hpp"

#include <cerrno>
#include <deque>
#include <future>
#include <memory>
#include <utility>

namespace scca::cli {
namespace {

/// Judged together. More would wait longer for each other, and ask more memory of the allocator than it keeps ready.
constexpr std::size_t most_together = 8;
constexpr std::size_t small_octets = 16U << 10U;

}  // namespace

bool opens_pkcs12(const CheckRequest& request) noexcept {
    return request.part != checks::Part::seals || request.password_descriptor >= 0;
}

bool takes_bundles(checks::Part part) noexcept { return part != checks::Part::seals; }

Worker::Worker(const Workshop& shop)
    : shop_(shop),
      judge_(shop.judging, shop.plan.trust),
      redactor_(shop.rows.redactor()),
      snapshots_(shop.judging.online ? 1 : most_together) {
    for (token::Snapshot& snapshot : snapshots_) snapshot.taken_at = shop.plan.judge.at;
}

void Worker::work(std::optional<Handful> handful) {
    for (; handful; handful = shop_.belt.take()) {
        told_ = {};
        if (!do_all(*handful)) return put_part(handful->number);
        shop_.belt.put(handful->number, std::exchange(told_, {}));
    }
}

/// False when it was stopped before the end of them.
bool Worker::do_all(const Handful& handful) {
    file_ = handful.first_file;
    for (const token::PathFound& found : handful.paths) {
        if (shop_.belt.stopped()) return false;
        ++file_;
        do_file(found, handful.number);
        if (told_.is_long()) put_part_in_turn(handful.number);
    }
    judge_gathered(handful.number);
    return !is_cut_;
}

void Worker::do_file(const token::PathFound& found, std::size_t handful) {
    Named& named = shop_.named;
    const std::string spooled = named.spool ? named.spool->path() : std::string();
    const std::string& source = named.spool ? spooled : found.path;
    const bool once = named.file || token::is_handed_over(source);
    if (once && !named.file) {  // whoever writes into it may take his time
        judge_gathered(handful);
        put_part(handful);
    }
    token::FileGiven file = named.file ? std::exchange(named.file, {}).value()
                            : once     ? token::read_file(source)
                                       : reader_.read(source, !found.is_named);
    if (!once && file.fault && file.fault->number == EFBIG) {
        if (may_come_in_pieces(file.content, takes_bundles(shop_.request.part))) {
            const Survey seen = survey(source, takes_bundles(shop_.request.part));
            if (seen.certificates > 0) return do_large(found.path, source, seen, handful);
        }
        file = token::read_file(source);
    }
    file.path = found.path;
    if (opens_pkcs12(shop_.request)) file = shop_.passwords.opened(std::move(file));
    gather(std::move(file), found.is_named, handful);
}

/// What is not small is judged alone: the others would wait for it.
void Worker::gather(token::FileGiven file, bool is_named, std::size_t handful) {
    const bool is_small = file.content.size() <= small_octets;
    if (!is_small) judge_gathered(handful);
    std::vector<token::FileGiven>& files = snapshots_[gathered_.size()].files;
    files.clear();
    files.push_back(std::move(file));
    gathered_.push_back({.number = file_, .is_named = is_named});
    if (!is_small || gathered_.size() == snapshots_.size()) judge_gathered(handful);
}

/// Tells it, too.
void Worker::judge_gathered(std::size_t handful) {
    if (gathered_.empty()) return;
    const auto snapshots = std::span(snapshots_).first(gathered_.size());
    std::vector<report::Report> reports = judged(snapshots, handful);
    for (token::Snapshot& snapshot : snapshots) {
        token::FileGiven& file = snapshot.files.front();
        if (file.content.size() <= small_octets) reader_.take_back(std::move(file));
    }
    // What is nothing we know was not meant, unless it was named: a folder holds pictures and letters, too.
    const auto is_meant = [&](std::size_t i) { return gathered_[i].is_named || !reports[i].is_foreign; };
    for (std::size_t i = 0; i < reports.size(); ++i) {
        SubjectCounts counts{};
        if (is_meant(i)) prepare(reports[i], gathered_[i].number, counts);
    }
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (!is_meant(i)) {
            told_.summary.count_foreign();
            continue;
        }
        tell(std::move(reports[i]));
        told_.summary.count_file();
    }
    gathered_.clear();
}

std::vector<report::Report> Worker::judged(std::span<token::Snapshot> snapshots, std::size_t handful) {
    if (snapshots.size() > 1) return judge_.judge_together(snapshots);
    std::vector<report::Report> only;
    only.push_back(judge_in_rounds(judge_, snapshots.front(), shop_.fetched, [this, handful] { put_part(handful); }));
    return only;
}

/// Piece by piece, judged side by side and told in their order. At no time are there more of them than hands. Where
/// the system gives no thread, or there is but one hand, they are judged by this one.
void Worker::do_large(const std::string& path, const std::string& source, const Survey& seen, std::size_t handful) {
    std::vector<std::unique_ptr<checks::Judge>> judges;
    std::deque<std::future<report::Report>> judging;
    SubjectCounts counts{};
    const auto tell_first = [&] {
        report::Report report = judging.front().get();
        judging.pop_front();
        if (!report.is_foreign) {  // keys between the certificates are none
            prepare(report, file_, counts);
            tell(std::move(report));
        }
        put_part_in_turn(handful);
    };
    judge_gathered(handful);
    put_part(handful);
    auto file = LargeFile::open(source, takes_bundles(shop_.request.part));
    auto piece = file ? file->next() : Result<Piece>(file.error());
    for (std::size_t number = 0; !shop_.belt.stopped() && !(piece && piece->content.empty()); ++number) {
        if (judging.size() == shop_.hands) tell_first();
        if (judges.size() < shop_.hands) {
            judges.push_back(std::make_unique<checks::Judge>(shop_.judging, shop_.plan.trust));
        }
        token::FileGiven given{.path = path, .content = {}, .fault = {}};
        if (piece) {
            given.content = std::move(piece->content);
            given.offset = piece->offset;
            given.has_others = !seen.only_authorities;
        } else {
            given.fault = piece.error();
        }
        judging.push_back(std::async(
            shop_.hands == 1 ? std::launch::deferred : std::launch::async | std::launch::deferred,
            [&, &judge = *judges[number % shop_.hands]](token::FileGiven one) {
                return judged_piece(judge, std::move(one), seen.authorities);
            },
            std::move(given)));
        if (!piece) break;
        piece = file->next();
    }
    while (!judging.empty()) tell_first();
    is_cut_ = shop_.belt.stopped() && piece && !piece->content.empty();
    if (!is_cut_) told_.summary.count_file();
}

void Worker::put_part(std::size_t handful) { shop_.belt.put_part(handful, std::exchange(told_, {})); }

void Worker::put_part_in_turn(std::size_t handful) { shop_.belt.put_part_in_turn(handful, std::exchange(told_, {})); }

report::Report Worker::judged_piece(checks::Judge& judge, token::FileGiven file,
                                    const std::vector<Bytes>& supplied) const {
    token::Snapshot snapshot;
    snapshot.taken_at = shop_.plan.judge.at;
    snapshot.files.push_back(std::move(file));
    for (const Bytes& der : supplied) {
        snapshot.supplied.push_back({.path = snapshot.files.front().path, .content = der, .fault = {}});
    }
    return judge_in_rounds(judge, snapshot, shop_.fetched, [] {});
}

/// Saves its pictures first, where they are wanted.
void Worker::prepare(report::Report& report, std::size_t file, SubjectCounts& counts) {
    if (!shop_.request.picture.empty()) {
        const bool single = shop_.rows.is_single();
        const std::string picture = single ? shop_.request.picture : numbered(shop_.request.picture, file);
        shop_.belt.note(save_pictures(report, picture, single, shop_.console));
    }
    shop_.rows.number(report, file, counts, redactor_);
}

void Worker::tell(report::Report report) {
    told_.summary.add(report, shop_.request.fail_on);
    shop_.rows.tell(std::move(report), told_);
}

}  // namespace scca::cli
