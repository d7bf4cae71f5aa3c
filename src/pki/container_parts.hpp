// SPDX-License-Identifier: Apache-2.0
//
// What octets in DER are, once the text that they may have come in is out of the way.
#pragma once

#include "scca/pki/container.hpp"

#include <cstddef>

namespace scca::pki {

/// By the shape of their first elements; they may be cut off behind these. Unless they `may_end` among those that tell
/// a certificate from a request, what ends there is unknown.
[[nodiscard]] ContentKind kind_of_der(ByteView content, bool may_end = true);

/// Adds what is in them. `base`: their place in the file.
void read_der(ByteView octets, std::size_t base, FoundContent& found);
/// The same; keeps the octets when they are one certificate and nothing else, as a rule.
void take_der(Bytes& octets, FoundContent& found);

}  // namespace scca::pki
