// SPDX-License-Identifier: Apache-2.0
//
// Known errors in logs of any size: what explain() is certain of, line by line, counted, with the first and the last
// place. Memory does not grow with the log. Pure: whoever reads the file hands its bytes over, block by block.
#pragma once

#include "scca/explain/explain.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

/// A line of a log, as UTF-8; long ones are cut.
struct LogPlace {
    std::size_t file = 0;    ///< which of the logs, from 0
    std::uint64_t line = 0;  ///< from 1
    std::string text;
};

struct LogError {
    faq::Id id;
    std::uint64_t count = 0;  ///< lines that it stands in
    LogPlace first, last;
};

/// A code of the table that belongs to no problem of it.
struct LogCode {
    const faq::Code* code = nullptr;
    std::uint64_t count = 0;
    LogPlace first, last;
};

struct LogFindings {
    std::vector<LogError> errors;  ///< in order of first appearance
    std::vector<LogCode> codes;    ///< likewise
};

class LogScanner {
public:
    LogScanner();
    ~LogScanner();
    LogScanner(const LogScanner&) = delete;
    LogScanner& operator=(const LogScanner&) = delete;

    /// The next log, or of a log that several scanners share the rest from the byte `at`; line numbers begin anew.
    void begin_file(std::uint64_t at = 0);
    /// Looks through the next bytes of the log and returns how many of them are done with, which is all of them at the
    /// end of the log. The others must come again in front of the next. Blocks of 64 KiB and more make progress.
    [[nodiscard]] std::size_t scan(std::string_view bytes, bool at_end);

    /// Where a log may be cut in two that are looked through by two scanners: the start of a line before which there is
    /// one that holds nothing known; else of any line; 0 when none begins in these bytes.
    [[nodiscard]] static std::size_t find_seam(std::string_view bytes);
    /// Adds what another scanner found in the rest of this log, which was the only log that it looked through.
    void add_rest(const LogScanner& rest);

    [[nodiscard]] LogFindings findings() const;

private:
    class Scan;
    std::unique_ptr<Scan> scan_;
};

}  // namespace scca::explain
