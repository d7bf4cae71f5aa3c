// SPDX-License-Identifier: Apache-2.0
//
// The CAs above a training key: a root that says what it is, an issuing CA named like SCCA's (facts: its own is not
// public), and a maker of seals under a CA of its own, so that a fault in one chain is none in the other.
#pragma once

#include "faults.hpp"
#include "make_certificates.hpp"

#include <string>
#include <vector>

namespace scca::softkey {

struct TrainingAuthorities {
    Authority issuing;
    Authority seal_maker;  // its own certificate is in the seal, not among the CAs
    KeyPtr forger_key;     // null unless the certificates are to be forged
    std::vector<std::pair<std::string, std::string>> pem_files;  // name and content of what goes to ca/
};

[[nodiscard]] TrainingAuthorities make_training_authorities(const FaultSet& faults, bool rsa, Moment at);

}  // namespace scca::softkey
