// SPDX-License-Identifier: Apache-2.0
//
// cert.dates: is the certificate valid at the moment that is judged, and for how many days yet?
#include "rungs.hpp"

#include "validity.hpp"

namespace scca::checks {
Judgements check_cert_dates(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    return check_validity({.from = one.not_before, .to = one.not_after},
                          {.not_yet_valid = faq::id::cert_not_yet_valid,
                           .expired = faq::id::cert_expiring,
                           .expiring = faq::id::cert_expiring},
                          *dossier.options);
}
}  // namespace scca::checks
