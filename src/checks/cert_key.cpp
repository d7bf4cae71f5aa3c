// SPDX-License-Identifier: Apache-2.0
//
// cert.key: is the key on the token the one in the certificate?
#include "rungs.hpp"

namespace scca::checks {
namespace {

bool same_key(const pki::PublicKey& of_certificate, const token::PublicKeySeen& on_token) {
    return as_text(of_certificate.content()) == as_text(on_token.content);
}

}  // namespace

Judgements check_cert_key(const Case& certificate, const Dossier&) {
    if (certificate.container == nullptr) return {};
    const token::KeyRole role = certificate.certificate->role;
    const pki::PublicKey& key = certificate.certificate->certificate->public_key;
    bool compared = false;
    for (const auto& on_token : certificate.container->public_keys) {
        const bool same_role =
            role == on_token.role || role == token::KeyRole::unknown || on_token.role == token::KeyRole::unknown;
        if (!same_role || on_token.content.empty()) continue;
        compared = true;
        if (same_key(key, on_token)) return {passed()};
    }
    if (!compared) return {};
    return {failed(faq::id::cert_key_mismatch, {{"container", certificate.container->name}})};
}
}  // namespace scca::checks
