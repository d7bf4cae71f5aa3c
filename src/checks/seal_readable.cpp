// SPDX-License-Identifier: Apache-2.0
//
// seal.readable: can the whole seal be read, in one of the four generations?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_seal_readable(const Case& seal, const Dossier&) {
    const SealCase& one = *seal.seal;
    if (!one.fault) return {passed()};
    return {failed(faq::id::seal_unreadable, evidence_of(*one.fault))};
}
}  // namespace scca::checks
