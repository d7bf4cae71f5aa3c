// SPDX-License-Identifier: Apache-2.0
//
// Which rungs are climbed, and the function that asks each.
#pragma once

#include "rungs.hpp"

#include <vector>

namespace scca::checks {

struct CheckRow {
    Rung rung;
    Judgements (*check)(const Case&, const Dossier&);
};

/// The rows to climb, in the ladder's order.
struct Way {
    std::vector<const CheckRow*> rows;
    std::vector<const CheckRow*> in_silence;  ///< left out, and yet nothing can be said of what cannot be read
};

/// Who names files asks nothing about this computer or a key, and a file is judged for what it is, whichever command it
/// was given to.
[[nodiscard]] Way way_for(const Options& options, bool about_files);

[[nodiscard]] bool is_listed(const std::vector<Rung>& rungs, Rung rung);

}  // namespace scca::checks
