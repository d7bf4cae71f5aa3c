// SPDX-License-Identifier: Apache-2.0
//
// How a batch is told, row by row, in each format.
#pragma once

#include "batch_summary.hpp"
#include "command_line.hpp"

#include "scca/core/redaction.hpp"
#include "scca/report/render.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace scca::cli {

/// How many subjects of each kind a file has had so far.
using SubjectCounts = std::array<unsigned, subject_kinds>;

/// Used by several workers at once.
class BatchRows {
public:
    /// With `single` one file is told as a whole letter. A page, a plugin's line and metrics are of the whole batch,
    /// too: then rows are collected and told at the end.
    BatchRows(const CheckRequest& request, const CommonOptions& common, const Console& console, Moment at, bool single);

    [[nodiscard]] std::string start() const;
    /// The rows of a file, or of a part of one. In JSON each with a comma before it.
    [[nodiscard]] std::string of(const report::Report& report);
    [[nodiscard]] std::string end(const BatchSummary& summary) const;
    /// What makes valid output of what was written so far, when the run ends here with `status`.
    [[nodiscard]] std::string last_words(int status) const;
    /// One worker alone keeps the order of what is collected.
    [[nodiscard]] bool collects() const noexcept { return collects_; }
    [[nodiscard]] bool is_single() const noexcept { return single_; }
    /// The status of plugins for their format, else that of the summary.
    [[nodiscard]] ExitStatus status(const BatchSummary& summary) const;

    /// The report of the `file`-th file, or of a part of it, its subjects' ids unique in the batch and without the
    /// machine, which has nothing to say of a file. Personal values are masked here when that was asked for.
    [[nodiscard]] report::Report numbered(report::Report report, std::size_t file, SubjectCounts& counts,
                                          Redactor& redactor) const;
    /// One for each worker.
    [[nodiscard]] Redactor redactor() const { return Redactor(surroundings_); }

private:
    const CheckRequest& request_;
    const CommonOptions& common_;
    const Console& console_;
    Moment at_;
    bool single_, collects_, redact_;
    Redactor::Surroundings surroundings_;
    report::Report collected_;
};

}  // namespace scca::cli
