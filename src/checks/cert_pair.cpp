// SPDX-License-Identifier: Apache-2.0
//
// cert.pair: has the container both certificates of the two-certificate model (GM/T 0016 section 7.5)?
#include "rungs.hpp"

namespace scca::checks {
namespace {

/// PKCS#11 does not say what a certificate is for; then its key usage does (RFC 5280 4.2.1.3).
token::KeyRole role_of(const CertificateCase& one) {
    if (one.role != token::KeyRole::unknown || !one.certificate) return one.role;
    if (one.certificate->has_usage(pki::KeyUsage::digital_signature)) return token::KeyRole::sign;
    return one.certificate->has_usage(pki::KeyUsage::key_encipherment) ? token::KeyRole::encrypt
                                                                       : token::KeyRole::unknown;
}

}  // namespace

Judgements check_cert_pair(const Case& key, const Dossier& dossier) {
    const auto certificates = cases_below(dossier, key, SubjectKind::certificate);
    if (certificates.empty()) return {};
    bool sign = false;
    bool encrypt = false;
    for (const Case* one : certificates) {
        const token::KeyRole role = role_of(*one->certificate);
        // One that tells nothing of its use may be either: better silent than wrong.
        if (role == token::KeyRole::unknown) return {};
        (role == token::KeyRole::sign ? sign : encrypt) = true;
    }
    if (sign && encrypt) return {passed()};
    return {failed(faq::id::cert_pair_incomplete, {{sign ? "missing_encryption" : "missing_signing", true}})};
}
}  // namespace scca::checks
