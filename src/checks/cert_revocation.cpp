// SPDX-License-Identifier: Apache-2.0
//
// cert.revocation: did its CA take it back? Nobody asked: no finding. Asked and not answered: unknown, never well.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_revocation(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    const bool asked = dossier.options->online || !dossier.revocation->list.empty();
    // A root is not taken back by a list of its own.
    if (!asked || one.is_self_issued()) return {};
    const pki::Certificate* const issuer = find_real_issuer(one, dossier);
    if (issuer == nullptr) {
        return {unknown(faq::id::revocation_unknown, {{"reason", std::string("issuer-missing")},
                                                      {"missing_issuer", one.issuer.text(), report::Privacy::name}})};
    }
    RevocationAnswer answer = find_revocation(one, *issuer, dossier);
    switch (answer.state) {
        case RevocationState::good: return {passed(std::move(answer.evidence))};
        case RevocationState::revoked: return {failed(faq::id::cert_revoked, std::move(answer.evidence))};
        case RevocationState::unanswered: break;
    }
    return {unknown(faq::id::revocation_unknown, std::move(answer.evidence))};
}
}  // namespace scca::checks
