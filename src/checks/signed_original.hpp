// SPDX-License-Identifier: Apache-2.0
//
// Signature.xml, the original that a signature in a document was made over.
#pragma once

#include "dossier.hpp"

namespace scca::checks {

/// Whether it is another than the one that was signed: then what it says that it covers is worth nothing.
[[nodiscard]] bool original_differs(const SignatureCase& one);

}  // namespace scca::checks
