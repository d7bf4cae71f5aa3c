// SPDX-License-Identifier: Apache-2.0
//
// What a batch adds up to: counted file by file, told at the end.
#pragma once

#include "console.hpp"

#include "scca/report/report.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace scca::cli {

class BatchSummary {
public:
    void add(const report::Report& report, report::FailOn fail_on);
    void count_file() noexcept { ++files_; }
    /// A file that is nothing we know and that nobody named: counted, and no more.
    void count_foreign() noexcept { ++foreign_; }
    void add(const BatchSummary& other);

    [[nodiscard]] std::int64_t files() const noexcept { return static_cast<std::int64_t>(files_); }
    [[nodiscard]] ExitStatus status() const noexcept;
    [[nodiscard]] report::Verdict verdict() const noexcept;
    [[nodiscard]] std::vector<faq::Id> root_causes() const;
    /// One paragraph.
    [[nodiscard]] std::string text(faq::Lang lang) const;
    /// The same for programs; what of it is bad is never left out, or a graph would have holes.
    [[nodiscard]] std::vector<report::Figure> figures() const;

private:
    void count(const report::Subject& subject);

    std::size_t files_ = 0, expired_ = 0, within_30_ = 0, within_60_ = 0, within_90_ = 0, unreadable_ = 0;
    std::size_t foreign_ = 0;
    std::size_t revoked_ = 0, untrusted_ = 0,
                unclear_ = 0;  ///< subjects; unclear: not all was judged, whatever else was found
    bool findings_ = false, unknown_ = false, crashed_ = false;
    bool dated_ = false, undated_ = false;  ///< certificates or seals whose dates were asked about, and others
    std::set<faq::Id> failed_, warned_;
};

}  // namespace scca::cli
