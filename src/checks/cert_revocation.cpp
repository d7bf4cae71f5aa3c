// SPDX-License-Identifier: Apache-2.0
//
// cert.revocation: did its CA take it back? Nobody asked: no finding. Asked and not answered: unknown, never well.
#include "rungs.hpp"

namespace scca::checks {
namespace {

/// What is known of the CAs above: one that was taken back takes with it whatever it issued. The rest tells nothing,
/// for nobody asked about them.
std::optional<Judgement> find_revoked_ca(const pki::Certificate& certificate, const Dossier& dossier) {
    const Chain& chain = chain_of(certificate, dossier);
    for (std::size_t i = 0; i + 1 < chain.issuers.size(); ++i) {
        if (!holds(chain.checks[i + 1])) return std::nullopt;
        RevocationAnswer answer = find_revocation(*chain.issuers[i], *chain.issuers[i + 1], dossier);
        if (answer.state != RevocationState::revoked) continue;
        answer.evidence.push_back({"ca", chain.issuers[i]->subject.text()});
        return failed(faq::id::cert_revoked, std::move(answer.evidence));
    }
    return std::nullopt;
}

}  // namespace

Judgements check_cert_revocation(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    const bool asked = dossier.options->online || !dossier.revocation->list.empty() || !dossier.fetched.empty();
    // A root is not taken back by a list of its own.
    if (!asked || one.is_self_issued()) return {};
    const pki::Certificate* const issuer = find_real_issuer(one, dossier);
    if (issuer == nullptr) {
        return {unknown(faq::id::revocation_unknown, {{"reason", std::string("issuer-missing")},
                                                      {"missing_issuer", one.issuer.text(), report::Privacy::name}})};
    }
    RevocationAnswer answer = find_revocation(one, *issuer, dossier);
    switch (answer.state) {
        case RevocationState::revoked: return {failed(faq::id::cert_revoked, std::move(answer.evidence))};
        case RevocationState::good:
        case RevocationState::unanswered: break;
    }
    if (auto revoked = find_revoked_ca(one, dossier)) return {std::move(*revoked)};
    if (answer.state == RevocationState::good) return {passed(std::move(answer.evidence))};
    return {unknown(faq::id::revocation_unknown, std::move(answer.evidence))};
}
}  // namespace scca::checks
