// SPDX-License-Identifier: Apache-2.0
//
// Error codes in every spelling that programs and people use (hexadecimal, signed and unsigned decimal, status words,
// symbols, OpenSSL's error lines). Telephone and QQ numbers, dates, ID numbers and amounts are no codes.
#pragma once

#include "scca/explain/explain.hpp"

#include <string_view>
#include <vector>

namespace scca::explain {

/// In order of appearance; where families share a value, the one that the words around it speak for comes first.
/// `at` counts in `text`, which is UTF-8.
[[nodiscard]] std::vector<CodeRead> read_codes(std::string_view text);

}  // namespace scca::explain
