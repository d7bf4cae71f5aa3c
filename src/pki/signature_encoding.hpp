// SPDX-License-Identifier: Apache-2.0
//
// SM2 and ECDSA signature values: SEQUENCE { r INTEGER, s INTEGER }, and what encoders have made of it. Decides nothing
// about validity.
#pragma once

#include "scca/core/bytes.hpp"

#include <optional>
#include <string_view>

namespace scca::pki {

struct SignatureValue {
    Bytes der;                 ///< as the standard has it
    std::string_view mistake;  ///< what was put right, in the words of SignatureCheck::how; empty when nothing was
};

/// `word` is the length of the group's order in octets. Nothing when these are not two numbers.
[[nodiscard]] std::optional<SignatureValue> signature_value(ByteView signature, std::size_t word);

}  // namespace scca::pki
