// SPDX-License-Identifier: Apache-2.0
#include "explain_log.hpp"

#include "scca/explain/log.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/stream.hpp"
#include "scca/token/surroundings.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// Fits into the processor's cache, so that a block is still there when it is looked through.
constexpr std::size_t block_size = 512U * 1024U;

/// Tells on a terminal's standard error how far it is, twice a second.
class Progress {
public:
    explicit Progress(const Console& console)
        : shown_(token::look_at_terminal().stderr_is_terminal), lang_(console.lang()) {}
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void tell(std::uint64_t done, std::uint64_t all) {
        const auto now = Clock::now();
        if (!shown_ || now - told_ < std::chrono::milliseconds(500)) return;
        told_ = now;
        if (all == 0) return;
        const std::string percent = std::to_string(100 * done / all);
        const std::string line = report::fill(words::log_progress.in(lang_), {{"percent", percent}}, lang_);
        std::fprintf(stderr, "\r\x1B[K%s", line.c_str());
        visible_ = true;
    }

    void clear() {
        if (visible_) std::fputs("\r\x1B[K", stderr);
        visible_ = false;
    }

private:
    using Clock = std::chrono::steady_clock;

    bool shown_ = false, visible_ = false;
    faq::Lang lang_;
    Clock::time_point told_ = Clock::now();
};

/// Looks through one file; what went wrong with it, if anything did.
std::optional<Fault> scan_file(const std::string& path, explain::LogScanner& scanner, std::vector<char>& block,
                               Progress& progress) {
    scanner.begin_file();
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    std::size_t kept = 0;  // of the block before, at the start of this one
    std::uint64_t done = 0;
    for (;;) {
        const auto count = stream->read(std::span(block).subspan(kept));
        if (!count) return count.error();
        const std::size_t filled = kept + *count;
        const std::size_t used = scanner.scan({block.data(), filled}, *count == 0);
        if (*count == 0) return std::nullopt;
        kept = filled - used;
        std::memmove(block.data(), block.data() + used, kept);
        done += *count;
        progress.tell(done, stream->size());
    }
}

ExitStatus status_of(const Fault& fault) {
    if (fault.number == ENOENT || fault.number == ENOTDIR) return ExitStatus::no_input;
    return fault.number == EACCES || fault.number == EPERM ? ExitStatus::no_permission : ExitStatus::bad_data;
}

}  // namespace

ExitStatus run_explain_log(const std::vector<std::string>& paths, const CommonOptions& common, const Console& console) {
    const faq::Lang lang = console.lang();
    explain::LogScanner scanner;
    std::vector<char> block(block_size);
    Progress progress(console);
    bool all_read = true;
    for (const std::string& path : paths) {
        const auto fault = scan_file(path, scanner, block, progress);
        if (!fault) continue;
        progress.clear();
        const bool alone = paths.size() == 1;
        const ExitStatus status =
            console.fail(status_of(*fault),
                         report::fill(words::cannot_read.in(lang), {{"path", path}, {"message", fault->text}}, lang),
                         {}, alone ? common.format : Format::text);
        if (alone) return status;
        all_read = false;
    }
    progress.clear();
    const explain::LogFindings findings = scanner.findings();
    const bool known = !findings.errors.empty() || !findings.codes.empty();
    ExitStatus status = known ? ExitStatus::healthy : ExitStatus::findings;
    if (known && !all_read) status = ExitStatus::unknown;
    if (common.format == Format::json)
        return console.put_machine_text(report::render_json(findings, paths, lang), status);
    return console.put_text(report::render_text(findings, paths, console.style()), status);
}

}  // namespace scca::cli
