// SPDX-License-Identifier: Apache-2.0
//
// The memory of Authorities across redaction: what was found out about octets before they were changed is written down,
// and given again when the changed ones are asked about.
#include "authorities.hpp"
#include "signer_list.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

using token::QuestionSeen;

constexpr std::array<std::string_view, 4> outcomes{"holds", "near-miss", "fails", "unsupported"};
constexpr std::string_view unsupported = outcomes[3];
constexpr std::array<std::string_view, 3> name_answers{"permitted", "foreign", "unread"};
constexpr std::size_t most_names = 4096;                                  ///< answers about names that are kept
constexpr std::string_view unsupported_signer = "unsupported-algorithm";  // as SignerCheck::reason has it

}  // namespace

Bytes Authorities::sha256_of(ByteView octets) const { return before_redaction(pki::sha256(octets)); }

const Bytes& Authorities::before_redaction(const Bytes& sha256) const {
    const auto found = before_.find(sha256);
    return found == before_.end() ? sha256 : found->second;
}

void Authorities::recall(const token::SeenBeforeRedaction& seen) {
    for (const token::DigestSeen& digest : seen.digests) before_.insert_or_assign(digest.now, digest.before);
    for (const token::AnswerSeen& answer : seen.answers) {
        told_.insert_or_assign({answer.question, answer.of, answer.by}, Told{answer.answer, answer.how});
    }
}

bool Authorities::is_redacted(ByteView octets) const {
    return !before_.empty() && before_.contains(pki::sha256(octets));
}

std::optional<Authorities::Told> Authorities::find_told(const Question& question, bool redacted,
                                                        std::string_view unanswered) const {
    if (!redacted) return std::nullopt;
    const auto found = told_.find(question);
    return found == told_.end() ? Told{std::string(unanswered), {}} : found->second;
}

void Authorities::write(const Question& question, std::string_view answer, std::string_view how) {
    if (written_ == nullptr) return;
    written_->push_back({question.kind, question.of, question.by, std::string(answer), std::string(how)});
}

pki::SignatureCheck Authorities::recalled_or(const Question& question, bool redacted, auto verify) {
    pki::SignatureCheck check;
    if (const auto told = find_told(question, redacted, unsupported)) {
        const auto* const known = std::find(outcomes.begin(), outcomes.end(), told->answer);
        check.outcome = known == outcomes.end() ? pki::Verification::unsupported
                                                : static_cast<pki::Verification>(known - outcomes.begin());
        check.how = told->how;
    } else {
        check = verify();
    }
    write(question, outcomes[static_cast<std::size_t>(check.outcome)], check.how);
    return check;
}

pki::SignerCheck Authorities::signer_recalled_or(const Question& question, bool redacted, auto verify) {
    pki::SignerCheck check;
    if (const auto told = find_told(question, redacted, unsupported_signer)) {
        check.holds = told->answer == outcomes[0];
        if (!check.holds) check.reason = told->answer;
        check.how = told->how;
    } else {
        check = verify();
    }
    write(question, check.holds ? outcomes[0] : std::string_view(check.reason), check.how);
    return check;
}

pki::SignatureCheck Authorities::verify_issued(const pki::Certificate& certificate, const pki::Certificate& issuer) {
    // Of the files of a batch nothing is recalled or written down: no digest is made for that.
    if (before_.empty() && written_ == nullptr) return verifier_.verify_issued(certificate, issuer);
    return recalled_or({QuestionSeen::issued, sha256_of(certificate.der), pki::sha256(issuer.public_key.spki)},
                       is_redacted(certificate.der), [&] { return verifier_.verify_issued(certificate, issuer); });
}

pki::SignatureCheck Authorities::verify_seal(const pki::Seal& seal, const pki::PublicKey& maker) {
    return recalled_or({QuestionSeen::seal_signed, sha256_of(seal.der), pki::sha256(maker.spki)}, is_redacted(seal.der),
                       [&] { return seals_.verify(seal, maker, verifier_); });
}

pki::SignerCheck Authorities::check_crl(const pki::Crl& crl, const pki::Certificate& issuer) {
    return signer_recalled_or({QuestionSeen::list_signed, sha256_of(crl.der), pki::sha256(issuer.public_key.spki)},
                              is_redacted(crl.der), [&] { return pki::verify_crl(crl, issuer); });
}

pki::SignerCheck Authorities::verify_ocsp_answer(const pki::OcspAnswer& answer, const pki::Certificate& issuer) {
    return signer_recalled_or({QuestionSeen::answer_signed, sha256_of(answer.der), pki::sha256(issuer.public_key.spki)},
                              is_redacted(answer.der), [&] { return pki::verify_ocsp_answer(answer, issuer); });
}

pki::NamesHeld Authorities::verify_names(const pki::Certificate& certificate, const pki::Certificate& ca) {
    const Question question{QuestionSeen::names_held, sha256_of(certificate.der), sha256_of(ca.der)};
    auto known = names_.find(question);
    if (known == names_.end()) {
        if (names_.size() == most_names) names_.clear();
        pki::NamesHeld held = pki::NamesHeld::unread;
        const bool redacted = is_redacted(certificate.der) || is_redacted(ca.der);
        if (const auto told = find_told(question, redacted, {})) {
            const auto* const answer = std::find(name_answers.begin(), name_answers.end(), told->answer);
            if (answer != name_answers.end()) held = static_cast<pki::NamesHeld>(answer - name_answers.begin());
        } else {
            held = pki::verify_names(certificate, ca);
        }
        known = names_.emplace(question, held).first;
    }
    write(question, name_answers[static_cast<std::size_t>(known->second)], {});
    return known->second;
}

std::optional<pki::BrokenLimit> Authorities::find_broken_limit(const pki::Certificate& certificate,
                                                               const pki::Certificate& ca) const {
    if (is_redacted(certificate.der) || is_redacted(ca.der)) return std::nullopt;
    return pki::find_broken_limit(certificate, ca);
}

bool Authorities::lists(const pki::Seal& seal, const pki::Certificate& certificate) {
    const Question question{QuestionSeen::listed, sha256_of(seal.der), sha256_of(certificate.der)};
    const auto told = find_told(question, is_redacted(seal.der) || is_redacted(certificate.der), {});
    const bool known = told && !told->answer.empty();
    const bool listed = known ? told->answer == "yes" : checks::lists(seal, certificate);
    write(question, listed ? "yes" : "no", {});
    return listed;
}

}  // namespace scca::checks
