// SPDX-License-Identifier: Apache-2.0
//
// cert.readable: can the whole certificate be read (X.690, RFC 5280)?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_readable(const Case& certificate, const Dossier&) {
    const CertificateCase& one = *certificate.certificate;
    if (!one.fault) return {passed()};
    return {failed(faq::id::cert_unreadable, evidence_of(*one.fault))};
}
}  // namespace scca::checks
