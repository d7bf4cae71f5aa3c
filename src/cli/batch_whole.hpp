// SPDX-License-Identifier: Apache-2.0
//
// A batch that is told as a whole, at its end: a page, a plugin's line, metrics. A digest of it is kept in memory; what
// metrics say of each certificate is kept in files without a name.
#pragma once

#include "console.hpp"

#include "scca/report/digest.hpp"
#include "scca/token/spool.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace scca::cli {

/// What some files of it come to.
struct Share {
    report::Digest digest;
    std::array<std::string, report::prometheus_series> samples{};  ///< for metrics only
};

using Put = std::function<void(std::string_view text)>;

class BatchWhole {
public:
    BatchWhole(const std::string& command, Moment at) : share_{report::Digest(command, at)} {}

    /// The files that come next.
    void take(Share next);
    [[nodiscard]] report::Report report() const { return share_.digest.report(); }
    /// Metrics, from the first line to the last. Fault: a file for them could not be written or read, and nothing was
    /// put.
    [[nodiscard]] std::optional<Fault> put_metrics(const report::Report& report, report::FailOn fail_on,
                                                   const Put& put) const;

private:
    [[nodiscard]] std::optional<Fault> keep(std::size_t series, const std::string& samples);

    Share share_;
    std::array<std::optional<token::Spool>, report::prometheus_series> spools_;
    std::optional<Fault> fault_;
};

}  // namespace scca::cli
