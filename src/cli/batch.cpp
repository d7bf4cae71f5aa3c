// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include "batch_end.hpp"
#include "batch_rows.hpp"
#include "belt.hpp"
#include "fetch_memory.hpp"
#include "large_file.hpp"
#include "password_source.hpp"
#include "picture.hpp"
#include "rounds.hpp"

#include "scca/faq/words.hpp"
#include "scca/pki/refusal.hpp"
#include "scca/report/render.hpp"
#include "scca/token/file_reader.hpp"
#include "scca/token/orderly_end.hpp"
#include "scca/token/spool.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// Each has some megabytes of certificates and findings in it.
constexpr std::size_t most_hands = 8;

/// The one file that was named, if there is but one.
struct Named {
    std::optional<token::Spool> spool;     ///< of what can be read but once
    std::optional<token::FileGiven> file;  ///< already read, unless it comes in pieces
};

/// A PKCS #12 file is no seal: among seals nobody is asked for its password, but who gives it wants it opened.
bool opens_pkcs12(const CheckRequest& request) noexcept {
    return request.part != checks::Part::seals || request.password_descriptor >= 0;
}

/// What signs a bundle is asked about among seals.
bool takes_bundles(checks::Part part) noexcept { return part != checks::Part::seals; }

/// What every worker works with.
struct Workshop {
    Belt& belt;
    BatchRows& rows;
    const CheckRequest& request;
    const Plan& plan;
    checks::Options judging;  ///< each worker's, or that of each hand
    PasswordSource& passwords;
    const Console& console;
    Named& named;
    FetchMemory& fetched;
    std::size_t hands;  ///< for the pieces of one large file
};

/// One worker: its own judge and redactor, for each is for one thread.
class Worker {
public:
    explicit Worker(const Workshop& shop)
        : shop_(shop), judge_(shop.judging, shop.plan.trust), redactor_(shop.rows.redactor()) {
        snapshot_.taken_at = shop.plan.judge.at;
    }

    void get_ready() { judge_.get_ready(); }

    void work(std::optional<Handful> handful) {
        for (; handful; handful = shop_.belt.take()) {
            told_ = {};
            if (!do_all(*handful)) return put_part(handful->number);
            shop_.belt.put(handful->number, std::exchange(told_, {}));
        }
    }

private:
    /// False when it was stopped before the end of them.
    bool do_all(const Handful& handful) {
        file_ = handful.first_file;
        for (const token::PathFound& found : handful.paths) {
            if (shop_.belt.stopped()) return false;
            ++file_;
            counts_ = {};
            do_file(found, handful.number);
            if (told_.is_long()) put_part_in_turn(handful.number);
        }
        return !is_cut_;
    }

    void do_file(const token::PathFound& found, std::size_t handful) {
        Named& named = shop_.named;
        const std::string spooled = named.spool ? named.spool->path() : std::string();
        const std::string& source = named.spool ? spooled : found.path;
        const bool once = named.file || token::is_handed_over(source);
        if (once && !named.file) put_part(handful);  // whoever writes into it may take his time
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
        report::Report report = judged(judge_, file, handful);
        if (file.content.size() <= large_octets) reader_.take_back(std::move(file));
        // What is nothing we know was not meant, unless it was named: a folder holds pictures and letters, too.
        if (report.is_foreign && !found.is_named) return told_.summary.count_foreign();
        tell(std::move(report));
        told_.summary.count_file();
    }

    /// Piece by piece, judged side by side and told in their order. At no time are there more of them than hands. Where
    /// the system gives no thread, or there is but one hand, they are judged by this one.
    void do_large(const std::string& path, const std::string& source, const Survey& seen, std::size_t handful) {
        std::vector<std::unique_ptr<checks::Judge>> judges;
        std::deque<std::future<report::Report>> judging;
        const auto tell_first = [&] {
            report::Report report = judging.front().get();
            judging.pop_front();
            if (!report.is_foreign) tell(std::move(report));  // keys between the certificates are none
            put_part_in_turn(handful);
        };
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

    void put_part(std::size_t handful) { shop_.belt.put_part(handful, std::exchange(told_, {})); }
    void put_part_in_turn(std::size_t handful) { shop_.belt.put_part_in_turn(handful, std::exchange(told_, {})); }

    [[nodiscard]] report::Report judged(checks::Judge& judge, token::FileGiven& file, std::size_t handful) {
        snapshot_.files.clear();
        snapshot_.files.push_back(std::move(file));
        report::Report report =
            judge_in_rounds(judge, snapshot_, shop_.fetched, [this, handful] { put_part(handful); });
        file = std::move(snapshot_.files.front());
        return report;
    }

    [[nodiscard]] report::Report judged_piece(checks::Judge& judge, token::FileGiven file,
                                              const std::vector<Bytes>& supplied) const {
        token::Snapshot snapshot;
        snapshot.taken_at = shop_.plan.judge.at;
        snapshot.files.push_back(std::move(file));
        for (const Bytes& der : supplied) {
            snapshot.supplied.push_back({.path = snapshot.files.front().path, .content = der, .fault = {}});
        }
        return judge_in_rounds(judge, snapshot, shop_.fetched, [] {});
    }

    void tell(report::Report report) {
        if (!shop_.request.picture.empty()) {
            const bool single = shop_.rows.is_single();
            const std::string picture = single ? shop_.request.picture : numbered(shop_.request.picture, file_);
            shop_.belt.note(save_pictures(report, picture, single, shop_.console));
        }
        shop_.rows.number(report, file_, counts_, redactor_);
        told_.summary.add(report, shop_.request.fail_on);
        shop_.rows.tell(std::move(report), told_);
    }

    const Workshop& shop_;
    checks::Judge judge_;
    Redactor redactor_;
    token::FileReader reader_{large_octets};
    token::Snapshot snapshot_;  ///< of the file at hand
    Told told_;                 ///< of the handful, not yet handed on
    std::size_t file_ = 0;
    SubjectCounts counts_{};
    bool is_cut_ = false;  ///< a long file was stopped before its end
};

/// A single path has a status of its own when there is nothing to judge: 66 it does not exist, 77 it may not be read,
/// 65 it is nothing we know.
std::optional<Refusal> refuse_single(const token::FileGiven& file, const CheckRequest& request,
                                     const Console& console) {
    const bool has_password = request.password_descriptor >= 0;
    const auto fault = checks::find_given_fault(file, has_password ? checks::Part::everything : request.part);
    if (!fault) return std::nullopt;
    if (fault->kind == FaultKind::system) return refuse_file(file.path, *fault, console.lang());
    const bool is_pkcs12 = pki::find_refusal(*fault) == pki::Refusal::pkcs12;
    const faq::Text sentence = is_pkcs12 ? words::pkcs12_is_no_seal : words::nothing_known_in;
    return Refusal{ExitStatus::bad_data,
                   say(console, sentence, {{"path", report::path_for_reader(file.path, console.lang())}}),
                   {}};
}

/// 77: nobody may look inside without the password.
Refusal refuse_locked(const token::FileGiven& file, const Console& console) {
    const report::Fields fields{{"path", report::path_for_reader(file.path, console.lang())},
                                {"message", file.fault->text}};
    return {ExitStatus::no_permission, say(console, words::cannot_read, fields), {}};
}

Refusal refuse_descriptor(int descriptor, const Fault& fault, const Console& console) {
    const report::Fields fields{{"descriptor", std::int64_t{descriptor}},
                                {"message", reason_of(fault, console.lang())}};
    return {ExitStatus::no_input, say(console, words::password_unreadable, fields), {}};
}

/// What comes in pieces is told in rows: a letter about thousands of certificates is none.
bool comes_in_pieces(const std::string& path, checks::Part part) {
    const token::FileGiven start = token::read_file(path, large_octets);
    return start.fault && start.fault->number == EFBIG && may_come_in_pieces(start.content, takes_bundles(part)) &&
           survey(path, takes_bundles(part)).certificates > 0;
}

Named read_named(const std::string& path, checks::Part part) {
    Named named;
    std::string source = path;
    if (token::is_handed_over(path)) {
        auto spool = token::Spool::open(path);
        if (!spool) {
            named.file = {.path = path, .content = {}, .fault = spool.error()};
            return named;
        }
        named.spool.emplace(std::move(*spool));
        source = named.spool->path();
    }
    if (comes_in_pieces(source, part)) return named;
    named.file = token::read_file(source);
    named.file->path = path;
    return named;
}

/// Whoever asks for more workers than the system lets this program have memory for gets as many as that.
std::size_t count_workers(std::size_t wanted) {
    constexpr std::uint64_t first = 64U << 20U,
                            each = 96U << 20U;  // a heap of its own (64 MiB of addresses) and a stack
    const std::uint64_t limit = token::memory_limit().value_or(std::numeric_limits<std::uint64_t>::max());
    const std::uint64_t more = limit < first ? 0 : (limit - first) / each;
    const std::size_t asked = wanted == 0 ? std::max(1U, std::thread::hardware_concurrency()) : wanted;
    return static_cast<std::size_t>(std::min<std::uint64_t>(asked, 1 + more));
}

/// What one of so many judges is asked. Each sees its share of the certificates, and remembers its share.
checks::Options judging_of(const Plan& plan, Format format, std::size_t judges) {
    checks::Options judging = plan.judge;
    judging.in_brief = format == Format::csv || format == Format::nagios || format == Format::prometheus;
    judging.remembered /= judges;
    return judging;
}

/// So many, or as many as the system has threads and memory for: one less is no reason to end.
std::vector<std::thread> start_workers(std::size_t count, const std::function<void()>& work) {
    std::vector<std::thread> workers;
    try {
        while (workers.size() < count) workers.emplace_back(work);
    } catch (const std::system_error&) {
        return workers;
    }
    return workers;
}

/// All that workers do, this thread being one of them; what went wrong with one of them, if anything did.
std::exception_ptr work_together(const Workshop& shop, std::size_t count) {
    std::mutex mutex;
    std::exception_ptr trouble;
    const auto work = [&](bool lists_first) {
        try {
            // One lists the first folder while the others get ready to judge.
            std::optional<Handful> handful;
            if (lists_first) handful = shop.belt.take();
            Worker worker(shop);
            if (!lists_first) {
                worker.get_ready();
                handful = shop.belt.take();
            }
            worker.work(std::move(handful));
        } catch (...) {
            shop.belt.stop();
            const std::scoped_lock lock(mutex);
            trouble = std::current_exception();
        }
    };
    std::vector<std::thread> others = start_workers(count - 1, [&] { work(false); });
    work(true);
    for (std::thread& other : others) other.join();
    return trouble;
}

}  // namespace

ExitStatus run_batch(const CheckRequest& request, const CommonOptions& common, const Console& console,
                     const Plan& plan) {
    const bool single =
        request.paths.size() == 1 && request.files0_from.empty() && token::is_plain_file(request.paths.front());
    Named named = single ? read_named(request.paths.front(), request.part) : Named{};
    if (named.file) {
        const auto refusal = refuse_single(*named.file, request, console);
        if (refusal) return console.fail(*refusal, common.format);
    }
    PasswordSource passwords(request.password_descriptor, console);
    if (passwords.fault()) {
        return console.fail(refuse_descriptor(request.password_descriptor, *passwords.fault(), console), common.format);
    }
    if (named.file && opens_pkcs12(request)) {
        named.file = passwords.opened(std::move(*named.file));
        if (PasswordSource::is_locked(*named.file))
            return console.fail(refuse_locked(*named.file, console), common.format);
    }
    BatchRows rows(request, common, console, plan.judge.at, named.file.has_value());
    Belt belt(token::PathStream(request.paths, request.files0_from), console, common.format, rows);
    BatchEnd end(belt, rows, console, common.format);
    std::optional<token::OrderlyEnd> orderly;
    if (!rows.is_single()) orderly.emplace([&end] { end.interrupt(); });
    belt.put_start();
    const std::size_t workers = count_workers(request.jobs);
    FetchMemory fetched(plan.look.timeout);
    const std::size_t hands = single ? std::min(workers, most_hands) : 1;
    const Workshop shop{belt,      rows,    request, plan,    judging_of(plan, common.format, single ? hands : workers),
                        passwords, console, named,   fetched, hands};
    return end.finish(work_together(shop, rows.is_single() ? 1 : workers));
}

}  // namespace scca::cli
