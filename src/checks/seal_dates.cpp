// SPDX-License-Identifier: Apache-2.0
//
// seal.dates: is the seal valid at the moment that is judged, and for how many days yet?
#include "rungs.hpp"

#include "validity.hpp"

namespace scca::checks {
Judgements check_seal_dates(const Case& seal, const Dossier& dossier) {
    // In a signature the time of signing counts, and signature.time holds it against the seal's validity.
    if (seal.signature != nullptr) return {};
    const pki::Seal& one = *seal.seal->seal;
    return check_validity({.from = one.valid_from, .to = one.valid_to},
                          {.not_yet_valid = faq::id::seal_not_yet_valid,
                           .expired = faq::id::seal_expired,
                           .expiring = faq::id::seal_renewal},
                          *dossier.options);
}
}  // namespace scca::checks
