// SPDX-License-Identifier: Apache-2.0
//
// Whose card answers with this ATR (ISO/IEC 7816-3)? Patterns of whole families, with free half-octets. An ATR that is
// not here says nothing about the card: most keys for SM2 alone are in no public list.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/devices/vendor.hpp"

#include <string_view>

namespace scca::devices {

/// Vendor::unknown when no pattern fits.
[[nodiscard]] Vendor find_atr_vendor(ByteView atr) noexcept;

/// Whether the ATR has the pattern's length and its half-octets: upper-case hexadecimal digits, '.' for any.
[[nodiscard]] bool fits_atr_pattern(ByteView atr, std::string_view pattern) noexcept;

}  // namespace scca::devices
