// SPDX-License-Identifier: Apache-2.0
//
// What in a text is spelt like an error code, by form alone; whether it is one, the table and the words around decide.
#pragma once

#include "ascii.hpp"

#include <cstdint>
#include <vector>

namespace scca::explain {

enum class Spelling : std::uint8_t {
    symbol,         ///< SCARD_E_NO_SERVICE
    hexadecimal,    ///< 0x8010001D, 0x69 83 …, or eight bare digits
    decimal,        ///< -2146435043, 2148532253, 167772197
    status_word,    ///< SW1=69 SW2=83, 6983
    openssl_error,  ///< error 20 at 0 depth, num=20, return code: 20
    pkcs11_value,   ///< rv = 164
};

struct Spelled {
    Spelling kind = Spelling::symbol;
    std::size_t first = 0, end = 0;  ///< characters of the view
    std::int64_t value = 0;          ///< of symbols 0; a signed number as its 32 bits, small negative ones as they are
    bool weak = false;               ///< could as well be a telephone number or an amount
};

/// In order of appearance, not overlapping. Linear.
[[nodiscard]] std::vector<Spelled> spelled_codes(const AsciiView& view);

}  // namespace scca::explain
