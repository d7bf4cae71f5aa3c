// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/log.hpp"

#include "decode.hpp"
#include "log_filter.hpp"
#include "log_memory.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <cstring>

namespace scca::explain {
namespace {

/// Longer lines are looked at piece by piece.
constexpr std::size_t longest_line = 4096;
/// A sentence that is wrapped stands in so many lines at most.
constexpr int most_lines = 4;
constexpr std::size_t shown = 400;

std::uint64_t line_feeds(std::string_view bytes) noexcept {
    std::uint64_t count = 0;
    while (!bytes.empty()) {
        // Short enough for a sum in one byte, which the compiler makes sixteen of at a time.
        const std::string_view run = bytes.substr(0, 255);
        std::uint8_t sum = 0;
        for (const char c : run) sum = static_cast<std::uint8_t>(sum + (c == '\n' ? 1 : 0));
        count += sum;
        bytes.remove_prefix(run.size());
    }
    return count;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// How many bytes a line begins with that the one before it began with, whatever their numbers.
std::size_t same_start(std::string_view before, std::string_view line) noexcept {
    std::size_t same = 0;
    for (std::size_t i = 0; i < before.size() && same < line.size();) {
        if (is_digit(before[i]) && is_digit(line[same])) {
            while (i < before.size() && is_digit(before[i])) ++i;
            while (same < line.size() && is_digit(line[same])) ++same;
        } else if (before[i++] != line[same++]) {
            return same - 1;
        }
    }
    return same;
}

/// A piece of a log for people: UTF-8, on one line.
std::string shown_text(std::string_view bytes) {
    std::string text(Decoded(bytes).text());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

/// The first bytes of it, not ending within a character of UTF-8.
std::string_view cut_text(std::string_view line) {
    std::string_view cut = line.substr(0, shown);
    while (cut.size() < line.size() && !cut.empty() && (static_cast<unsigned char>(line[cut.size()]) & 0xC0U) == 0x80U)
        cut.remove_suffix(1);
    return cut;
}

}  // namespace

class LogScanner::Scan {
public:
    void begin_file(std::uint64_t at) {
        file_ = files_++;
        lines_before_ = 0;
        bytes_before_ = at;
    }

    std::size_t scan(std::string_view bytes, bool at_end) {
        bytes_ = bytes;
        region_ = {};
        const std::size_t end = end_of_lines(at_end);
        line_ = {.first = 0, .end = 0, .number = lines_before_};
        LogHits hits(bytes_.substr(0, end), bytes_before_);
        for (LogHits::Hit hit = hits.next(); hit.found();) {
            go_to(hit.at, end);
            look_at(line_around(hit, hits));
        }
        const bool done = at_end || region_.empty() || region_.end != end;
        lines_before_ =
            done ? line_.number + line_feeds(bytes_.substr(line_.first, end - line_.first)) : region_.number;
        const std::size_t used = done ? end : region_.first;
        bytes_before_ += used;
        return used;
    }

    void add_rest(const Scan& rest) {
        const auto here = [this](LogPlace place) {
            place.file = file_;
            place.line += lines_before_;
            return place;
        };
        for (const LogError& error : rest.findings_.errors)
            note(row_of(error.id), error.count, here(error.first), here(error.last));
        for (const LogCode& code : rest.findings_.codes)
            note(row_of(code.code), code.count, here(code.first), here(code.last));
        lines_before_ += rest.lines_before_;
    }

    [[nodiscard]] LogFindings findings() const {
        LogFindings findings = findings_;
        const auto show = [](auto& row) {
            row.first.text = shown_text(row.first.text);
            row.last.text = shown_text(row.last.text);
        };
        std::for_each(findings.errors.begin(), findings.errors.end(), show);
        std::for_each(findings.codes.begin(), findings.codes.end(), show);
        return findings;
    }

private:
    /// A line, or several in a row, in which something may stand but for which there was no answer.
    struct Region {
        std::size_t first = 0, end = 0;  ///< with its line feed
        std::size_t last_line = 0;       ///< the first byte of its last line
        std::uint64_t number = 0;        ///< of its first line, from 0
        std::size_t first_hit = 0, last_hit = 0;
        unsigned weight = 0;
        int lines = 0;
        std::uint64_t codes = 0;  ///< stands for those in it

        [[nodiscard]] bool empty() const noexcept { return first == end; }
    };

    /// Past the last line that is complete. A line that fills the whole block is taken in pieces.
    std::size_t end_of_lines(bool at_end) const {
        if (at_end) return bytes_.size();
        const std::size_t feed = bytes_.rfind('\n');
        if (feed != std::string_view::npos) return feed + 1;
        return bytes_.size() > 2 * longest_line ? bytes_.size() - longest_line : 0;
    }

    /// Makes the line in which `at` stands the present one.
    void go_to(std::size_t at, std::size_t end) {
        while (at >= line_.end) {
            if (line_.end != 0) {
                line_.first = line_.end;
                ++line_.number;
            }
            const void* const feed = std::memchr(bytes_.data() + line_.first, '\n', end - line_.first);
            line_.end =
                feed == nullptr ? end : static_cast<std::size_t>(static_cast<const char*>(feed) - bytes_.data()) + 1;
        }
    }

    /// The present line, or of a long one what is near the hit, weighed up to its end; `hit` is then the next one.
    Region line_around(LogHits::Hit& hit, LogHits& hits) const {
        Region line{.first = line_.first, .end = line_.end, .number = line_.number, .first_hit = hit.at, .lines = 1};
        if (hit.at - line.first > longest_line / 2) line.first = hit.at - longest_line / 4;
        line.last_line = line.first;
        line.end = std::min(line.end, line.first + longest_line);
        std::uint32_t code = 0;
        for (; hit.at < line.end; hit = hits.next()) {
            line.last_hit = hit.at;
            line.weight += hit.weight;
            // Once for each code, however many of its grams were looked at.
            if (hit.code != 0 && hit.code != code) line.codes = line.codes * 31 + hit.code;
            if (hit.code != 0) code = hit.code;
        }
        return line;
    }

    void look_at(const Region& line) {
        const bool answered = line.weight >= LogHits::enough && count(line);
        region_ = answered ? Region{} : joined(line);
    }

    /// Whether a sentence that began in the region may go on in the line: after what both lines begin with, such as a
    /// time, if they do.
    [[nodiscard]] bool goes_on_in(const Region& line) const {
        constexpr std::size_t near_end = 36;
        constexpr std::size_t near_start = 16;
        if (region_.empty() || region_.end != line.first || region_.lines == most_lines ||
            region_.last_hit + near_end < region_.end)
            return false;
        const std::string_view before = bytes_.substr(region_.last_line, region_.end - region_.last_line);
        const std::size_t start = line.first + same_start(before, bytes_.substr(line.first, line.end - line.first));
        return line.first_hit + near_start >= start && line.first_hit <= start + near_start;
    }

    /// The region that a line without an answer belongs to, if there is no answer for that either.
    Region joined(const Region& line) {
        if (!goes_on_in(line)) return line;
        Region both = line;
        both.first = region_.first;
        both.number = region_.number;
        both.weight += region_.weight;
        both.lines += region_.lines;
        both.codes += region_.codes * 31;
        // One of the pieces must say something by itself.
        const bool tells = std::max(region_.weight, line.weight) >= LogHits::enough;
        return tells && count(both) ? Region{} : both;
    }

    /// Whether there is something known in these bytes, which is then counted.
    bool count(const Region& region) {
        const std::string_view text = bytes_.substr(region.first, region.end - region.first);
        const std::uint64_t signature = signature_of(text, region.codes);
        LogVerdict& verdict = memory_.at(signature);
        if (verdict.signature != signature) verdict = explained(text, signature);
        if (verdict.empty()) return false;
        const LogPlace place{file_, region.number + 1, std::string(cut_text(text))};
        for (std::size_t i = 0; i < verdict.problem_count; ++i)
            note(row_of(faq::Id{verdict.problems[i]}), 1, place, place);
        for (std::size_t i = 0; i < verdict.code_count; ++i) note(row_of(verdict.codes[i]), 1, place, place);
        return true;
    }

    static LogVerdict explained(std::string_view text, std::uint64_t signature) {
        LogVerdict verdict;
        verdict.signature = signature;
        Explanation explanation = explain(text);
        std::stable_sort(explanation.matches.begin(), explanation.matches.end(),
                         [](const Match& a, const Match& b) { return a.at < b.at; });
        for (const Match& match : explanation.matches) {
            if (match.confidence != Confidence::certain || verdict.problem_count == LogVerdict::most) continue;
            verdict.problems[verdict.problem_count++] = match.id.index;
        }
        const CodeRead* before = nullptr;
        for (const CodeRead& read : explanation.codes) {
            const bool another_reading = before != nullptr && before->at == read.at;
            before = &read;
            if (another_reading || read.code->has_entry || verdict.code_count == LogVerdict::most) continue;
            verdict.codes[verdict.code_count++] = read.code;
        }
        return verdict;
    }

    template <class Row>
    static void note(Row& row, std::uint64_t count, const LogPlace& first, const LogPlace& last) {
        if (row.count == 0) row.first = first;
        row.count += count;
        row.last = last;
    }

    LogError& row_of(faq::Id id) {
        auto& errors = findings_.errors;
        const auto row =
            std::find_if(errors.begin(), errors.end(), [&](const LogError& error) { return error.id == id; });
        return row == errors.end() ? *errors.insert(errors.end(), {id, 0, {}, {}}) : *row;
    }

    LogCode& row_of(const faq::Code* code) {
        auto& codes = findings_.codes;
        const auto row =
            std::find_if(codes.begin(), codes.end(), [&](const LogCode& known) { return known.code == code; });
        return row == codes.end() ? *codes.insert(codes.end(), {code, 0, {}, {}}) : *row;
    }

    LogMemory memory_;
    LogFindings findings_;  ///< its texts are still bytes of the log
    std::size_t file_ = 0, files_ = 0;
    std::uint64_t lines_before_ = 0, bytes_before_ = 0;  ///< of the log before this block
    std::string_view bytes_;
    Region region_;
    struct {
        std::size_t first = 0, end = 0;  ///< with its line feed
        std::uint64_t number = 0;        ///< from 0
    } line_;
};

LogScanner::LogScanner() : scan_(std::make_unique<Scan>()) {}
LogScanner::~LogScanner() = default;
void LogScanner::begin_file(std::uint64_t at) { scan_->begin_file(at); }
std::size_t LogScanner::scan(std::string_view bytes, bool at_end) { return scan_->scan(bytes, at_end); }
void LogScanner::add_rest(const LogScanner& rest) { scan_->add_rest(*rest.scan_); }

std::size_t LogScanner::find_seam(std::string_view bytes) {
    const auto after_feed = [bytes](std::size_t from) {
        const std::size_t feed = bytes.find('\n', from);
        return feed == std::string_view::npos ? 0 : feed + 1;
    };
    const std::size_t first = after_feed(0);
    LogHits hits(bytes.substr(first), 0);
    LogHits::Hit hit = hits.next();
    for (std::size_t end = first == 0 ? 0 : after_feed(first); end != 0; end = after_feed(end)) {
        if (!hit.found() || first + hit.at >= end) return end;
        while (hit.found() && first + hit.at < end) hit = hits.next();
    }
    return first;
}

LogFindings LogScanner::findings() const { return scan_->findings(); }

}  // namespace scca::explain
