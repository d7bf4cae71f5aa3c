// SPDX-License-Identifier: Apache-2.0
//
// How a batch ends: by itself, or before its end because somebody ended it, a list of paths breaks off or this program
// has a bug. What stands behind the rows is written once, by whoever comes first.
#pragma once

#include "batch_rows.hpp"
#include "belt.hpp"
#include "console.hpp"

#include <exception>
#include <optional>

namespace scca::cli {

class BatchEnd {
public:
    /// All of them outlive it.
    BatchEnd(Belt& belt, const BatchRows& rows, const Console& console, Format format)
        : belt_(belt), rows_(rows), console_(console), format_(format) {}

    /// No worker is at work any more; `trouble` is what went wrong with one of them. The status to end with.
    [[nodiscard]] ExitStatus finish(const std::exception_ptr& trouble);
    /// In another thread, while workers may be at work: gives them a moment to hand in what is finished, tells what
    /// there is and ends the program. Returns when the batch has come to its end by itself.
    void interrupt();

private:
    void end_interrupted();
    /// Why not all of it was judged; nothing when it was.
    [[nodiscard]] std::optional<Refusal> find_refusal(const std::exception_ptr& trouble, Ending& ending) const;
    [[nodiscard]] Ending cut_short(report::CutShort why, faq::Text sentence, report::Fields fields = {}) const;
    [[nodiscard]] std::optional<Fault> put(const Ending& ending);

    Belt& belt_;
    const BatchRows& rows_;
    const Console& console_;
    Format format_;
    bool closed_ = false;  ///< guarded by the belt's hold
};

}  // namespace scca::cli
