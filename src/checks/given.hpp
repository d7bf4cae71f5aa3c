// SPDX-License-Identifier: Apache-2.0
//
// The files that were named: what each is, told by its content, and only where that says nothing by the name's ending.
#pragma once

#include "dossier.hpp"

#include <cstdint>

namespace scca::checks {

enum class GivenKind : std::uint8_t { unknown, certificates, seal, signed_value, document };

/// A seal is looked for before a package: it may hold one, as its picture.
[[nodiscard]] GivenKind kind_of(const token::FileGiven& file);

/// Adds the file's cases below the machine; none for a file that is nothing we know.
void open_given(const token::FileGiven& file, Dossier& dossier);

}  // namespace scca::checks
