// SPDX-License-Identifier: Apache-2.0
//
// What certificates of a chain say about its use beyond dates, lengths and CA flags: extensions that whoever does not
// know them must refuse, and names that a CA may issue for. Builds no chain.
#pragma once

#include "chain.hpp"
#include "rungs.hpp"

#include <optional>

namespace scca::checks {

/// The first of: a name that a CA above may not issue for (failed), a critical extension that nobody here knows
/// (warned), a restriction to names of a kind that is not read (unknown). Nothing when there is none of them.
[[nodiscard]] std::optional<Judgement> find_limit(const pki::Certificate& certificate, const Chain& chain);

}  // namespace scca::checks
