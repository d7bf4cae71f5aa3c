// SPDX-License-Identifier: Apache-2.0
//
// The parts of a certificate that have a shape of their own. Each fills what it can read and notes the rest.
#pragma once

#include "fields.hpp"
#include "scca/pki/certificate.hpp"

namespace scca::pki {

/// RDNSequence (RFC 5280 4.1.2.4). `field` is the path that defects are noted under.
[[nodiscard]] DistinguishedName name_of(const der::Element& sequence, const Fields& parent, std::string_view field);

/// SubjectPublicKeyInfo (RFC 5280 4.1.2.7; SM2: GM/T 0015).
[[nodiscard]] PublicKey public_key_of(const der::Element& sequence, const Fields& parent);

/// Extensions (RFC 5280 4.1.2.9); those that this program does not use are passed over, whatever is in them.
void read_extensions(Fields list, Certificate& certificate);

}  // namespace scca::pki
