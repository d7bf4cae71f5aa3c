// SPDX-License-Identifier: Apache-2.0
#include "explain_log.hpp"

#include "progress.hpp"

#include "scca/explain/log.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/stream.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// Fits into the processor's cache beside the tables, so that a block is still there when it is looked through.
constexpr std::size_t block_size = 128U * 1024U;

/// Smaller logs are looked through by one thread.
constexpr std::uint64_t worth_two = 32U * 1024U * 1024U;

/// Where several threads say how many bytes of a log they are done with, and one of them tells.
class Share {
public:
    Share(Progress& progress, std::uint64_t all) : progress_(progress), all_(all) {}

    void add(std::uint64_t bytes, bool tells) {
        done_ += bytes;
        if (tells) progress_.show_share(done_, all_);
    }

private:
    Progress& progress_;
    std::uint64_t all_;
    std::atomic<std::uint64_t> done_ = 0;
};

/// The bytes of a log that one thread looks through: from `first` up to `end`, or all there are.
struct Stretch {
    std::uint64_t first = 0, end = std::numeric_limits<std::uint64_t>::max();
};

/// Looks through a stretch; what went wrong with it, if anything did.
std::optional<Fault> scan_stretch(token::FileStream& stream, Stretch stretch, explain::LogScanner& scanner,
                                  Share& share, bool tells) {
    std::vector<char> block(block_size);
    std::size_t kept = 0;  // of the block before, at the start of this one
    std::uint64_t at = stretch.first;
    for (;;) {
        const auto wanted = std::min<std::uint64_t>(block.size() - kept, stretch.end - at);
        const auto count = stream.read(std::span(block).subspan(kept, static_cast<std::size_t>(wanted)));
        if (!count) return count.error();
        const std::size_t filled = kept + *count;
        const std::size_t used = scanner.scan({block.data(), filled}, *count == 0);
        if (*count == 0) return std::nullopt;
        kept = filled - used;
        std::memmove(block.data(), block.data() + used, kept);
        at += *count;
        share.add(*count, tells);
    }
}

std::optional<Fault> scan_from(const std::string& path, Stretch stretch, explain::LogScanner& scanner, Share& share) {
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    if (auto fault = stream->go_to(stretch.first)) return fault;
    return scan_stretch(*stream, stretch, scanner, share, false);
}

/// Where a log may be cut at or after this byte; nothing when it cannot be.
std::optional<std::uint64_t> find_seam(const std::string& path, std::uint64_t byte) {
    constexpr std::size_t enough = 64U * 1024U;
    std::vector<char> bytes(enough);
    auto stream = token::FileStream::open(path);
    if (!stream || stream->go_to(byte)) return std::nullopt;
    const auto count = stream->read(bytes);
    if (!count) return std::nullopt;
    const std::size_t seam = explain::LogScanner::find_seam({bytes.data(), *count});
    return seam == 0 ? std::nullopt : std::optional(byte + seam);
}

/// As many stretches as there are processors, where the log is long enough to be worth it.
std::vector<Stretch> stretches_of(const std::string& path, std::uint64_t size) {
    std::vector<Stretch> stretches(1);
    const std::uint64_t wanted = std::min<std::uint64_t>(std::thread::hardware_concurrency(), size / (worth_two / 2));
    for (std::uint64_t i = 1; i < wanted; ++i) {
        const auto seam = find_seam(path, size / wanted * i);
        if (!seam || *seam <= stretches.back().first) continue;
        stretches.back().end = *seam;
        stretches.push_back({.first = *seam});
    }
    return stretches;
}

/// Looks through one file; what went wrong with it, if anything did.
std::optional<Fault> scan_file(const std::string& path, explain::LogScanner& scanner, Progress& progress) {
    scanner.begin_file();
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    Share share(progress, stream->size());
    const std::vector<Stretch> stretches = stretches_of(path, path == "-" ? 0 : stream->size());
    std::vector<explain::LogScanner> others(stretches.size() - 1);
    std::vector<std::optional<Fault>> faults(stretches.size());
    std::vector<std::thread> workers;
    const auto scan_other = [&](std::size_t i) {
        others[i].begin_file(stretches[i + 1].first);
        faults[i + 1] = scan_from(path, stretches[i + 1], others[i], share);
    };
    for (std::size_t i = 0; i < others.size(); ++i) {
        try {
            workers.emplace_back(scan_other, i);
        } catch (const std::system_error&) {  // no thread to be had: one after the other, then
            scan_other(i);
        }
    }
    faults.front() = scan_stretch(*stream, stretches.front(), scanner, share, true);
    for (std::thread& worker : workers) worker.join();
    for (const explain::LogScanner& other : others) scanner.add_rest(other);
    const auto fault = std::find_if(faults.begin(), faults.end(), [](const auto& one) { return one.has_value(); });
    return fault == faults.end() ? std::nullopt : *fault;
}

}  // namespace

ExitStatus run_explain_log(const std::vector<std::string>& paths, const CommonOptions& common, const Console& console) {
    const faq::Lang lang = console.lang();
    explain::LogScanner scanner;
    Progress progress(console, !common.quiet);
    bool all_read = true;
    for (const std::string& path : paths) {
        const auto fault = scan_file(path, scanner, progress);
        if (!fault) continue;
        progress.finish();
        const bool alone = paths.size() == 1;
        const ExitStatus status = console.fail(refuse_file(path, *fault, lang), alone ? common.format : Format::text);
        if (alone) return status;
        all_read = false;
    }
    progress.finish();
    const explain::LogFindings findings = scanner.findings();
    const bool known = !findings.errors.empty() || !findings.codes.empty();
    ExitStatus status = known ? ExitStatus::healthy : ExitStatus::findings;
    if (known && !all_read) status = ExitStatus::unknown;
    if (common.format == Format::json)
        return console.put_machine_text(report::render_json(findings, paths, lang), status);
    return console.put_text(report::render_text(findings, paths, console.style()), status);
}

}  // namespace scca::cli
