// SPDX-License-Identifier: Apache-2.0
//
// The files that were named: what each is, told by its content, and only where that says nothing by the name's ending.
#pragma once

#include "dossier.hpp"

namespace scca::checks {

/// What each of the snapshot's files holds.
[[nodiscard]] FoundFiles find_given(const token::Snapshot& snapshot);

/// Adds the file's cases below the machine; none for a file that is nothing we know.
void open_given(const token::FileGiven& file, pki::FoundContent found, Dossier& dossier);

}  // namespace scca::checks
