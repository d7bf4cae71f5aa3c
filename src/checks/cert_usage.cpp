// SPDX-License-Identifier: Apache-2.0
//
// cert.usage: may the key do what it is there for (RFC 5280 4.2.1.3)? A certificate without the extension may do all.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_usage(const Case& certificate, const Dossier&) {
    using pki::KeyUsage;
    const pki::Certificate& one = *certificate.certificate->certificate;
    if (!one.key_usage) return {};
    if (one.is_ca.value_or(false)) {
        if (one.has_usage(KeyUsage::key_cert_sign)) return {passed()};
        return {warned(faq::id::cert_usage_wrong, {{"lacks", std::string("keyCertSign")}})};
    }
    const bool signs = one.has_usage(KeyUsage::digital_signature) || one.has_usage(KeyUsage::non_repudiation);
    const bool encrypts = one.has_usage(KeyUsage::key_encipherment) || one.has_usage(KeyUsage::data_encipherment) ||
                          one.has_usage(KeyUsage::key_agreement);
    switch (certificate.certificate->role) {
        case token::KeyRole::sign:
            return {signs ? passed() : warned(faq::id::cert_usage_wrong, {{"lacks", std::string("digitalSignature")}})};
        case token::KeyRole::encrypt:
            return {encrypts ? passed()
                             : warned(faq::id::cert_usage_wrong, {{"lacks", std::string("keyEncipherment")}})};
        case token::KeyRole::unknown: break;
    }
    if (signs || encrypts) return {passed()};
    return {warned(faq::id::cert_usage_wrong, {{"lacks", std::string("digitalSignature, keyEncipherment")}})};
}
}  // namespace scca::checks
