// SPDX-License-Identifier: Apache-2.0
//
// How a batch is told, row by row, in each format.
#pragma once

#include "batch_summary.hpp"
#include "batch_whole.hpp"
#include "command_line.hpp"

#include "scca/core/redaction.hpp"
#include "scca/report/render.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace scca::cli {

/// How many subjects of each kind a file has had so far.
using SubjectCounts = std::array<unsigned, subject_kinds>;

/// What some files come to: rows, or their share in what is told of the whole batch.
struct Told {
    std::string rows;
    std::optional<Share> share;
    BatchSummary summary;

    /// So much of it that it had better be handed on.
    [[nodiscard]] bool is_long() const noexcept { return rows.size() > 1U << 18U; }
};

/// How far a batch came: to its end, or why it was cut short, and a sentence that says so.
struct Ending {
    report::CutShort cut_short = report::CutShort::no;
    std::string sentence{};
};

/// Used by several workers at once.
class BatchRows {
public:
    /// With `single` one file is told as a whole letter. A page, a plugin's line and metrics are of the whole batch:
    /// they are told at the end, of what is taken up until then.
    BatchRows(const CheckRequest& request, const CommonOptions& common, const Console& console, Moment at, bool single);

    [[nodiscard]] std::string start() const;
    /// Adds a file, or a part of one. In JSON each row comes with a comma before it.
    void tell(report::Report report, Told& told);
    /// Takes up the next share, one after another.
    void take(Share next) { whole_.take(std::move(next)); }
    /// What stands behind the rows; of a batch that was cut short nobody says that all is well. Fault: metrics could
    /// not be kept until now.
    [[nodiscard]] std::optional<Fault> put_end(const BatchSummary& summary, const Ending& ending, const Put& put) const;
    [[nodiscard]] bool is_single() const noexcept { return single_; }
    /// The status of plugins for their format, else that of the summary.
    [[nodiscard]] ExitStatus status(const BatchSummary& summary, const Ending& ending) const;

    /// Makes the ids of the subjects unique in the batch, the report being that of the `file`-th file, or of a part of
    /// it, and leaves out the machine, which has nothing to say of a file. Personal values are masked here when that
    /// was asked for.
    void number(report::Report& report, std::size_t file, SubjectCounts& counts, Redactor& redactor) const;
    /// One for each worker.
    [[nodiscard]] Redactor redactor() const { return Redactor(surroundings_); }

private:
    [[nodiscard]] std::string letter() const;
    /// What was taken up, and what it adds up to.
    [[nodiscard]] report::Report whole(const BatchSummary& summary, const Ending& ending) const;

    const CheckRequest& request_;
    const CommonOptions& common_;
    const Console& console_;
    report::Style row_style_;  ///< of text
    Moment at_;
    bool single_, of_whole_, redact_;
    Redactor::Surroundings surroundings_;
    report::Report letter_;  ///< of the single file
    BatchWhole whole_;
};

}  // namespace scca::cli
