// SPDX-License-Identifier: Apache-2.0
//
// cert.revocation: did its CA take it back? Nobody asked: no finding. Asked and not answered: unknown, never well.
#include "rungs.hpp"
#include "wishes.hpp"

namespace scca::checks {
namespace {

/// What is known of the CAs above: one that was taken back takes with it whatever it issued. One that names an address
/// which gives no answer is unknown with `--online`; else nobody asked about them, and they tell nothing.
std::optional<Judgement> find_trouble_above(const pki::Certificate& certificate, const Dossier& dossier) {
    std::optional<Judgement> unanswered;
    for (const auto& [ca, issuer] : find_cas_above(certificate, dossier)) {
        RevocationAnswer answer = find_revocation(*ca, *issuer, dossier);
        answer.evidence.push_back({"ca", ca->subject.text()});
        if (answer.state == RevocationState::revoked) return failed(faq::id::cert_revoked, std::move(answer.evidence));
        if (answer.state == RevocationState::good || unanswered || !dossier.options->online) continue;
        if (names_address(*ca)) unanswered = unknown(faq::id::revocation_unknown, std::move(answer.evidence));
    }
    return unanswered;
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
    auto above = find_trouble_above(one, dossier);
    const bool good = answer.state == RevocationState::good;
    if (above && (good || above->outcome == report::Outcome::failed)) return {std::move(*above)};
    if (good) return {passed(std::move(answer.evidence))};
    return {unknown(faq::id::revocation_unknown, std::move(answer.evidence))};
}
}  // namespace scca::checks
