// SPDX-License-Identifier: Apache-2.0
//
// How far a look at a token went: pulled out on the way, hidden behind the PIN, or listed and not looked into. What was
// not seen is unknown, and no rung may call it missing.
#pragma once

#include "dossier.hpp"

#include "scca/report/report.hpp"

#include <cstdint>

namespace scca::checks {

/// What stood against seeing all there is.
struct Unseen {
    bool hides_objects = false;  ///< private objects show only after a login
    std::int64_t containers_left = 0, files_left = 0;
};
[[nodiscard]] Unseen unseen_of(const token::TokenSeen& token);

/// The call that was told that the key is gone; null when none was.
[[nodiscard]] const Fault* find_removal(const token::TokenSeen& token);

/// Evidence under "reason".
inline constexpr const char* behind_pin = "behind-pin";
inline constexpr const char* cut_short = "cut-short";

}  // namespace scca::checks
