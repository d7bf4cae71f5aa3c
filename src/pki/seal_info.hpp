// SPDX-License-Identifier: Apache-2.0
//
// SES_SealInfo: what a seal says of itself, in every generation's shape.
#pragma once

#include "fields.hpp"
#include "scca/pki/seal.hpp"

namespace scca::pki {

/// Fills header, id, property, picture and, of a V3 seal, its maker's certificate and algorithm.
void read_seal_info(Fields fields, Seal& seal);

}  // namespace scca::pki
