// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include "batch_end.hpp"
#include "batch_rows.hpp"
#include "batch_worker.hpp"
#include "belt.hpp"
#include "fetch_memory.hpp"
#include "large_file.hpp"
#include "password_source.hpp"

#include "scca/faq/words.hpp"
#include "scca/pki/refusal.hpp"
#include "scca/token/orderly_end.hpp"
#include "scca/token/spool.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// Each has some megabytes of certificates and findings in it.
constexpr std::size_t most_hands = 8;

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
