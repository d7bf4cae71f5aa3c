// SPDX-License-Identifier: Apache-2.0
//
// Every question that a judgement may ever ask about the octets of a snapshot, asked once, whatever is broken or
// blocked: the answers go with a copy whose octets are redacted.
#include "chain.hpp"
#include "dossier.hpp"
#include "given.hpp"

#include <algorithm>
#include <tuple>

namespace scca::checks {
namespace {

auto key_of(const token::AnswerSeen& seen) { return std::tie(seen.question, seen.of, seen.by); }

class Questions {
public:
    explicit Questions(const token::Snapshot& snapshot)
        : authorities_(snapshot.trust), dossier_(open_dossier(snapshot, find_given(snapshot), options_, authorities_)) {
        options_.at = snapshot.taken_at;
        authorities_.write_down(answers_);
    }

    std::vector<token::AnswerSeen> ask() && {
        for (const Case& one : dossier_.cases) {
            if (one.certificate != nullptr && one.certificate->certificate) ask_chain(*one.certificate->certificate);
            if (one.seal != nullptr && one.seal->seal) ask_seal(one);
        }
        std::ranges::sort(answers_, {}, key_of);
        const auto same = [](const token::AnswerSeen& a, const token::AnswerSeen& b) { return key_of(a) == key_of(b); };
        answers_.erase(std::unique(answers_.begin(), answers_.end(), same), answers_.end());
        return std::move(answers_);
    }

private:
    void ask_chain(const pki::Certificate& certificate) {
        // Which of them is the best depends on the moment that is judged.
        constexpr std::size_t most = 64;
        if (certificate.is_self_issued()) static_cast<void>(authorities_.verify_issued(certificate, certificate));
        auto candidates = find_candidates(certificate, dossier_);
        if (candidates.size() > most) candidates.resize(most);
        for (const pki::Certificate* issuer : candidates) {
            static_cast<void>(authorities_.verify_issued(certificate, *issuer));
        }
        const pki::Certificate* current = &certificate;
        for (const pki::Certificate* issuer : build_chain(certificate, dossier_).issuers) {
            static_cast<void>(authorities_.verify_issued(*current, *issuer));
            ask_revocation(*issuer);
            current = issuer;
        }
    }

    void ask_revocation(const pki::Certificate& issuer) {
        ask_revocation(dossier_.revocation->list, issuer);
        for (const auto& document : dossier_.fetched) ask_revocation(document->revocation.list, issuer);
    }

    void ask_revocation(const std::vector<RevocationSource>& sources, const pki::Certificate& issuer) {
        for (const RevocationSource& source : sources) {
            if (source.crl) static_cast<void>(authorities_.verify_crl(*source.crl, source.crl_sha256, issuer));
            if (source.ocsp) static_cast<void>(authorities_.verify_ocsp_answer(*source.ocsp, issuer));
        }
    }

    void ask_seal(const Case& one) {
        const SealCase& seal = *one.seal;
        if (seal.maker) {
            static_cast<void>(authorities_.verify_seal(*seal.seal, seal.maker->public_key));
            ask_chain(*seal.maker);
        }
        for (const CertificateCase& other : dossier_.certificates) {
            if (other.certificate) static_cast<void>(authorities_.lists(*seal.seal, *other.certificate));
        }
    }

    Options options_;
    std::vector<token::AnswerSeen> answers_;
    Authorities authorities_;
    Dossier dossier_;
};

}  // namespace

std::vector<token::AnswerSeen> find_answers(const token::Snapshot& snapshot) { return Questions(snapshot).ask(); }

}  // namespace scca::checks
