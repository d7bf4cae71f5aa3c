// SPDX-License-Identifier: Apache-2.0
#include "remembered_seals.hpp"

namespace scca::checks {
namespace {

constexpr std::size_t most_remembered = 4096;

}  // namespace

const pki::SignatureCheck& RememberedSeals::verify(const pki::Seal& seal, const pki::PublicKey& maker,
                                                   pki::Verifier& verifier) {
    Bytes both = seal.der;
    both.insert(both.end(), maker.spki.begin(), maker.spki.end());
    Bytes name = pki::sha256(both);
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    if (order_.size() == most_remembered) {
        known_.erase(order_.front());
        order_.pop_front();
    }
    order_.push_back(name);
    return known_.emplace(std::move(name), verifier.verify_seal(seal, maker)).first->second;
}

}  // namespace scca::checks
