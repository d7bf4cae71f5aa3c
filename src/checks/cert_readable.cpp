// SPDX-License-Identifier: Apache-2.0
//
// cert.readable: can the whole certificate be read (X.690, RFC 5280)? A value that is written wrongly and can be read
// all the same is noted, and the reading goes on.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_readable(const Case& certificate, const Dossier&) {
    const CertificateCase& one = *certificate.certificate;
    if (one.fault) return {failed(faq::id::cert_unreadable, evidence_of(*one.fault))};
    if (one.certificate && !one.certificate->flaws.empty()) {
        return {noted(evidence_of(one.certificate->flaws.front()))};
    }
    return {passed()};
}
}  // namespace scca::checks
