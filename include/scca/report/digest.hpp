// SPDX-License-Identifier: Apache-2.0
//
// A batch in bounded memory, for what is told of it as a whole: everything is counted, and of the subjects so many are
// kept that each problem has some to show. Two halves that were gathered side by side give what one would have given.
#pragma once

#include "scca/report/report.hpp"

#include <cstddef>
#include <string>

namespace scca::report {

class Digest {
public:
    Digest(std::string command, Moment at) : kept_{.command = std::move(command), .at = at, .subjects = {}} {}

    /// Its subjects come after those that are there.
    void add(Report report);
    void add(Digest later);
    [[nodiscard]] const Whole& whole() const noexcept { return whole_; }
    /// What was kept, and with it what the batch adds up to.
    [[nodiscard]] Report report() const;

private:
    [[nodiscard]] bool wants(const Subject& subject) const;
    void keep(Subject subject);

    Report kept_;
    Whole of_kept_, whole_;
    std::size_t octets_ = 0;  ///< of what is kept, about
};

}  // namespace scca::report
