// SPDX-License-Identifier: Apache-2.0
//
// A memory of seals whose maker's signature was verified already: in a folder of tenders every document bears the same
// few. For one thread.
#pragma once

#include "scca/pki/verify.hpp"

#include <deque>
#include <map>

namespace scca::checks {

class RememberedSeals {
public:
    /// As Verifier::verify_seal; of a seal and key seen before, remembered: the last 4,096 of them.
    [[nodiscard]] const pki::SignatureCheck& verify(const pki::Seal& seal, const pki::PublicKey& maker,
                                                    pki::Verifier& verifier);

private:
    std::map<Bytes, pki::SignatureCheck> known_;  ///< by SHA-256 of seal and key
    std::deque<Bytes> order_;
};

}  // namespace scca::checks
