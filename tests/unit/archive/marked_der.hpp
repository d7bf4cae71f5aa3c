// SPDX-License-Identifier: Apache-2.0
//
// A person's certificate and seal full of markers, written octet by octet: whatever string type, nesting and place a
// personal value may stand in. They are read, but nobody signed them.
#pragma once

#include "scca/core/bytes.hpp"

namespace scca::test {

[[nodiscard]] Bytes marked_certificate();
/// A personal seal (GB/T 38540) with that certificate as maker and holder.
[[nodiscard]] Bytes marked_seal();

/// 诸葛孔明 as GBK, which Chinese software puts into any string type.
inline constexpr std::string_view person_gbk = "\xD6\xEE\xB8\xF0\xBF\xD7\xC3\xF7";

}  // namespace scca::test
