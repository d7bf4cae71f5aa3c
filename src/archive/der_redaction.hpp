// SPDX-License-Identifier: Apache-2.0
//
// Personal values inside DER, overwritten by aliases of the same length: every length, identifier, number, date, key
// and signature stays, so what reads the one reads the other, up to the same defect. Which values are personal is
// core's rule (redaction.hpp); where they stand is known here.
#pragma once

#include "scca/core/redaction.hpp"

#include <set>
#include <string>

namespace scca::archive {

/// `persons` are texts that are a person's name wherever they stand alone, such as the name of a personal seal.
/// Octets that do not begin like DER are blanked: nobody knows what they tell.
[[nodiscard]] Bytes redacted_der(ByteView content, const std::set<std::string>& persons, Redactor& redactor);

}  // namespace scca::archive
