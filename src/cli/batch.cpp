// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include "batch_rows.hpp"
#include "batch_summary.hpp"
#include "password_source.hpp"
#include "picture.hpp"
#include "progress.hpp"
#include "rounds.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/path_stream.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

constexpr std::size_t files_at_once = 64;  ///< handed to a worker together: a lock a file would be felt
constexpr std::size_t most_waiting = 32;   ///< finished handfuls that wait for an earlier one

struct Handful {
    std::size_t number = 0;
    std::size_t first_file = 0;
    std::vector<std::string> paths;
};

/// Hands out paths in order and takes the rows back in order, to whichever thread comes.
class Belt {
public:
    Belt(token::PathStream paths, const Console& console, Format format)
        : paths_(std::move(paths)), console_(console), format_(format) {}

    std::optional<Handful> take() {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return taken_ - put_ < most_waiting || stopped_; });
        Handful handful{.number = taken_, .first_file = files_, .paths = {}};
        while (!stopped_ && handful.paths.size() < files_at_once) {
            auto path = paths_.next();
            if (!path) break;
            handful.paths.push_back(std::move(*path));
        }
        if (handful.paths.empty()) return std::nullopt;
        files_ += handful.paths.size();
        ++taken_;
        return handful;
    }

    void put(std::size_t number, std::string rows, const BatchSummary& summary) {
        const std::scoped_lock lock(mutex_);
        summary_.add(summary);
        waiting_.emplace(number, std::move(rows));
        while (!waiting_.empty() && waiting_.begin()->first == put_) {
            write(waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
            ++put_;
            progress_.show(std::min(files_, put_ * files_at_once));
        }
        room_.notify_all();
    }

    void write(std::string_view text) {
        if (!stopped_ && console_.put_rows(text, format_) != ExitStatus::healthy) stopped_ = true;
    }
    void finish_progress() { progress_.finish(); }
    /// Something beside the rows went wrong: the batch goes on and ends with this.
    void note(ExitStatus status) {
        const std::scoped_lock lock(mutex_);
        if (status != ExitStatus::healthy) noted_ = status;
    }
    [[nodiscard]] std::optional<ExitStatus> noted() const noexcept { return noted_; }
    [[nodiscard]] const BatchSummary& summary() const noexcept { return summary_; }
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }

private:
    token::PathStream paths_;
    const Console& console_;
    Format format_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::map<std::size_t, std::string> waiting_;
    Progress progress_;
    BatchSummary summary_;
    std::size_t taken_ = 0, put_ = 0, files_ = 0;
    std::optional<ExitStatus> noted_;
    bool stopped_ = false;
};

/// One worker: its own judge, for a judge is for one thread.
void work(Belt& belt, BatchRows& rows, const CheckRequest& request, const Plan& plan, PasswordSource& passwords,
          const Console& console) {
    checks::Judge judge(plan.judge, plan.trust);
    while (auto handful = belt.take()) {
        std::string text;
        BatchSummary summary;
        std::size_t number = handful->first_file;
        for (const std::string& path : handful->paths) {
            token::Snapshot snapshot;
            snapshot.taken_at = plan.judge.at;
            snapshot.files.push_back(passwords.opened(token::read_file(path)));
            if (plan.judge.online) {  // what is wanted from the network depends on these
                snapshot.trust = plan.trust;
                snapshot.crls = plan.crls;
                snapshot.ocsp_answers = plan.ocsp_answers;
            }
            report::Report report = judge_in_rounds(judge, snapshot, plan.judge, plan.look.timeout);
            ++number;
            if (!request.picture.empty()) {
                const std::string picture = rows.is_single() ? request.picture : numbered(request.picture, number);
                belt.note(save_pictures(report, picture, rows.is_single(), console));
            }
            report = rows.numbered(std::move(report), number);
            summary.add(report, request.fail_on);
            text += rows.of(report, number);
        }
        belt.put(handful->number, std::move(text), summary);
    }
}

/// A single path has a status of its own when there is nothing to judge: 66 it does not exist, 77 it may not be read,
/// 65 it is nothing we know.
std::optional<ExitStatus> refuse_single(const std::string& path, const Console& console, Format format) {
    const token::FileGiven file = token::read_file(path);
    const auto fault = checks::find_given_fault(file);
    if (!fault) return std::nullopt;
    const auto say = [&](faq::Text text) {
        return report::fill(text.in(console.lang()), {{"path", path}, {"message", fault->text}}, console.lang());
    };
    if (fault->kind != FaultKind::system)
        return console.fail(ExitStatus::bad_data, say(words::nothing_known_in), {}, format);
    if (fault->number == ENOENT) return console.fail(ExitStatus::no_input, say(words::no_such_file), {}, format);
    const bool forbidden = fault->number == EACCES || fault->number == EPERM;
    return console.fail(forbidden ? ExitStatus::no_permission : ExitStatus::bad_data, say(words::cannot_read), {},
                        format);
}

}  // namespace

ExitStatus run_batch(const CheckRequest& request, const CommonOptions& common, const Console& console,
                     const Plan& plan) {
    const bool single =
        request.paths.size() == 1 && request.files0_from.empty() && token::is_plain_file(request.paths.front());
    if (single && request.paths.front() != "-") {
        if (const auto refused = refuse_single(request.paths.front(), console, common.format)) return *refused;
    }
    BatchRows rows(request, common, console, plan.judge.at, single);
    PasswordSource passwords(request.password_descriptor, console);
    if (passwords.fault()) {
        return console.fail(ExitStatus::no_input,
                            say(console, words::password_unreadable,
                                {{"descriptor", static_cast<std::int64_t>(request.password_descriptor)},
                                 {"message", passwords.fault()->text}}),
                            {}, common.format);
    }
    Belt belt(token::PathStream(request.paths, request.files0_from), console, common.format);
    belt.write(rows.start());
    // From here on a part of the document stands on standard output, and an interrupt has to end that.
    token::install_interrupt(rows.last_words());
    const std::size_t wanted = request.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : request.jobs;
    std::vector<std::thread> workers;
    for (std::size_t i = 1; i < wanted && !rows.collects(); ++i) {
        workers.emplace_back([&] { work(belt, rows, request, plan, passwords, console); });
    }
    work(belt, rows, request, plan, passwords, console);
    for (std::thread& worker : workers) worker.join();
    belt.finish_progress();
    belt.write(rows.end(belt.summary()));
    if (belt.stopped()) return ExitStatus::cannot_write;
    return belt.noted().value_or(rows.status(belt.summary()));
}

}  // namespace scca::cli
