// SPDX-License-Identifier: Apache-2.0
//
// cert.chain: does a chain lead to a CA that is trusted? What nobody supplied is noted, unless --trust was given.
#include "rungs.hpp"

#include "chain.hpp"
#include "chain_limits.hpp"
#include "scca.hpp"

namespace scca::checks {
namespace {

/// The CA above that has expired at the moment that is judged.
const pki::Certificate* find_expired(const Chain& chain, Moment at) {
    for (const pki::Certificate* issuer : chain.issuers) {
        if (issuer->not_after && at > *issuer->not_after) return issuer;
    }
    return nullptr;
}

/// The CA above whose dates begin later, when that is not for the certificate's own dates to tell.
const pki::Certificate* find_not_yet_valid(const pki::Certificate& certificate, const Chain& chain, Moment at) {
    if (certificate.not_before && at < *certificate.not_before) return nullptr;
    for (const pki::Certificate* issuer : chain.issuers) {
        if (issuer->not_before && at < *issuer->not_before) return issuer;
    }
    return nullptr;
}

report::Fields evidence_of_end(const Chain& chain, const pki::Certificate& certificate) {
    const pki::Certificate& last = chain.issuers.empty() ? certificate : *chain.issuers.back();
    report::Fields evidence{{"reason", std::string(name_of(chain.end))},
                            {"certificate", last.subject.text(), report::Privacy::name}};
    if (chain.end == ChainEnd::issuer_missing) evidence.push_back({"missing_issuer", last.issuer.text()});
    if (chain.end == ChainEnd::untrusted_root && chain.issuers.empty()) evidence.push_back({"self_signed", true});
    if (chain.namesake != nullptr) {
        evidence.push_back({"wanted_key_id", to_hex(last.authority_key_id)});
        evidence.push_back({"given_key_id", to_hex(chain.namesake->subject_key_id)});
    }
    return evidence;
}

/// Whatever the best of the ways that were tried comes to, another may be better.
Judgement gave_up(const pki::Certificate& one) {
    return unknown(faq::id::chain_unknown,
                   {{"reason", std::string("given-up")}, {"certificate", one.subject.text(), report::Privacy::name}});
}

Judgement judge_end(const pki::Certificate& one, const Chain& chain, bool forged, const Dossier& dossier) {
    // That a forged chain leads nowhere is no second root cause, and must not keep the forgery from being told.
    if (!forged) {
        const bool unanswered = chain.end == ChainEnd::issuer_missing || chain.end == ChainEnd::untrusted_root;
        const bool asked = !unanswered || dossier.trust_given();
        if (asked && chain.given_up) return gave_up(one);
        if (asked && chain.end != ChainEnd::trusted)
            return failed(faq::id::cert_untrusted, evidence_of_end(chain, one));
        if (const pki::Certificate* early = find_not_yet_valid(one, chain, dossier.options->at)) {
            return failed(faq::id::cert_untrusted, {{"reason", std::string("ca-not-yet-valid")},
                                                    {"ca", early->subject.text()},
                                                    {"not_before", *early->not_before}});
        }
    }
    report::Fields evidence;
    evidence.push_back({"issuers", static_cast<std::int64_t>(chain.issuers.size())});
    if (const pki::Certificate* expired = find_expired(chain, dossier.options->at)) {
        evidence.push_back({"ca", expired->subject.text()});
        evidence.push_back({"not_after", *expired->not_after});
        return warned(faq::id::ca_expired, std::move(evidence));
    }
    const pki::DistinguishedName& missing = chain.issuers.empty() ? one.issuer : chain.issuers.back()->issuer;
    const auto ended = chain.end == ChainEnd::issuer_missing ? find_end_of_old_root(missing) : std::nullopt;
    if (ended && dossier.options->at > *ended) {
        evidence.push_back({"ca", missing.text()});
        evidence.push_back({"not_after", *ended});
        return warned(faq::id::ca_expired, std::move(evidence));
    }
    if (chain.end != ChainEnd::trusted) return noted(evidence_of_end(chain, one));
    return passed(std::move(evidence));
}

}  // namespace

Judgements check_cert_chain(const Case& certificate, const Dossier& dossier) {
    const pki::Certificate& one = *certificate.certificate->certificate;
    const Chain& chain = chain_of(one, dossier);
    const bool forged = is_forged(one, chain, dossier);
    Judgement end = judge_end(one, chain, forged, dossier);
    const bool broken = end.outcome == report::Outcome::failed || end.outcome == report::Outcome::unknown;
    auto limit = forged || broken ? std::nullopt : find_limit(one, chain, dossier);
    if (limit && limit->outcome == report::Outcome::failed && chain.given_up) limit = gave_up(one);
    Judgements judgements;
    // What was only noted is not worth a line beside it.
    if (!limit || end.outcome == report::Outcome::warned) judgements.add(std::move(end));
    if (limit) judgements.add(std::move(*limit));
    return judgements;
}
}  // namespace scca::checks
