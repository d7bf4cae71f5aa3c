// SPDX-License-Identifier: Apache-2.0
//
// A GB/T 38540-2020 seal (SESeal, generation V4) that lists one certificate (certListType 1) and is signed by its
// maker over SES_SealInfo alone, as every seal found in the field is. OpenSSL writes the DER from a recipe, so that no
// encoder of ours agrees with a parser of ours by habit.
#pragma once

#include "faults.hpp"
#include "make_certificates.hpp"

namespace scca::softkey {

struct SealOrder {
    std::string name;
    Bytes listed_certificate;
    Moment created;
    Validity validity;
    const Authority* maker = nullptr;
    FaultSet faults;  // only the seal's own count here
};

[[nodiscard]] Bytes make_seal(const SealOrder& order);

}  // namespace scca::softkey
