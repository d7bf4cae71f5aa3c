// SPDX-License-Identifier: Apache-2.0
//
// seal.readable: can the whole seal be read, in one of the four generations?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_seal_readable(const Case& seal, const Dossier&) {
    const SealCase& one = *seal.seal;
    if (!one.fault) return {passed()};
    // Inside a signed value that breaks off, the seal breaks off with it: one cause, told once.
    if (seal.signature != nullptr && seal.signature->signature.fault) {
        return {blocked(std::string(id_of(Rung::signature_readable)))};
    }
    return {failed(faq::id::seal_unreadable, evidence_of(*one.fault))};
}
}  // namespace scca::checks
