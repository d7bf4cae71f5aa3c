// SPDX-License-Identifier: Apache-2.0
//
// A Fault is what went wrong while looking: which call, and what came back, exactly as the vendor gave it.
// It is data to be reported, never thrown, and no function turns one fault into another.
#pragma once

#include <cstdint>
#include <string>

namespace scca {

/// How a call went wrong; says nothing of why.
enum class FaultKind : std::uint8_t {
    code,        ///< it returned an error code: `family`, `number`
    crashed,     ///< the process died in it by signal `number`
    exited,      ///< the process ended in it with status `number`
    hung,        ///< it did not return before the deadline of `number` milliseconds
    garbled,     ///< it returned something that cannot be right; `text` says what
    not_loaded,  ///< the module could not be loaded; `text` is the loader's message
    system,      ///< the operating system refused: `number` is errno
    damaged,     ///< bytes cannot be read as what they should be; `number` is the offset, `text` the field
};

struct Fault {
    FaultKind kind = FaultKind::garbled;
    std::string call;         ///< e.g. "SKF_ConnectDev", "open", "SESeal.signedValue"
    std::string family;       ///< code family as in faq/codes, e.g. "SAR"; empty when there is none
    std::int64_t number = 0;  ///< see FaultKind; codes are unsigned 32-bit values
    std::string text;         ///< the vendor's, the loader's or errno's own words; may be empty

    bool operator==(const Fault&) const = default;
};

}  // namespace scca
