// SPDX-License-Identifier: Apache-2.0
//
// The files that were named: what each is, told by its content, and only where that says nothing by the name's ending.
#pragma once

#include "dossier.hpp"

namespace scca::checks {

/// Adds the file's cases below the machine; none for a file that is nothing we know.
void open_given(const token::FileGiven& file, Dossier& dossier);

}  // namespace scca::checks
