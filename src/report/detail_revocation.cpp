// SPDX-License-Identifier: Apache-2.0
#include "detail_revocation.hpp"

#include "phrases.hpp"

#include "scca/faq/words.hpp"

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// By the evidence "reason": of whatever was asked, of lists, and of OCSP answers.
constexpr std::array of_both{
    PhraseRow{"issuer-missing", words::revocation_issuer_missing},
    PhraseRow{"address-not-asked", words::revocation_address_not_asked},
    PhraseRow{"no-address", words::revocation_no_address},
    PhraseRow{"nobody-asked", words::revocation_nobody_asked},
    PhraseRow{"signer-expired", words::revocation_signer_expired},
    PhraseRow{"signer-not-appointed", words::revocation_signer_not_appointed},
    PhraseRow{"unsupported-algorithm", words::detail_unsupported},
    PhraseRow{"responder-refused", words::revocation_refused},
    PhraseRow{"status-unknown", words::revocation_status_unknown},
    PhraseRow{"other-certificate", words::revocation_other_certificate},
    PhraseRow{"other-issuer", words::revocation_other_issuer},
    PhraseRow{"partial-list", words::revocation_partial},
    PhraseRow{"no-next-update", words::revocation_no_end},
};
constexpr std::array of_lists{
    PhraseRow{"expired", words::list_expired},           PhraseRow{"not-yet-valid", words::list_not_yet_valid},
    PhraseRow{"damaged", words::list_damaged},           PhraseRow{"cut", words::list_cut},
    PhraseRow{"wrong-signer", words::list_wrong_signer},
};
constexpr std::array of_answers{
    PhraseRow{"not-yet-valid", words::answer_not_yet_valid},
    PhraseRow{"damaged", words::answer_damaged},
    PhraseRow{"cut", words::answer_cut},
    PhraseRow{"wrong-signer", words::answer_wrong_signer},
};

faq::Text no_answer_phrase(const Finding& finding) {
    if (has(finding, "deadline_ms")) {
        return text_in(finding, "message").empty() ? words::detail_server_silent : words::revocation_not_asked;
    }
    if (has(finding, "offset")) return words::revocation_unreadable;
    return has(finding, "message") ? words::revocation_no_answer : faq::Text{};
}

faq::Text unknown_phrase(const Finding& finding) {
    const std::string_view reason = text_in(finding, "reason");
    if (reason == "no-answer") return no_answer_phrase(finding);
    if (const faq::Text phrase = phrase_for(of_both, reason); !phrase.empty()) return phrase;
    if (text_in(finding, "kind") == "crl") return phrase_for(of_lists, reason);
    if (reason == "expired") return has(finding, "next_update") ? words::answer_expired : words::answer_old;
    return phrase_for(of_answers, reason);
}

}  // namespace

faq::Text revocation_addition(const Finding& finding) {
    if (finding.rung != Rung::cert_revocation || finding.outcome != Outcome::unknown) return {};
    if (has(finding, "ca")) return words::revocation_of_ca;
    const bool is_told = text_in(finding, "reason") == "address-not-asked" || !has(finding, "not_asked");
    return is_told ? faq::Text{} : words::revocation_not_asked_either;
}

faq::Text revocation_phrase(const Finding& finding) {
    if (finding.outcome == Outcome::unknown) return unknown_phrase(finding);
    if (finding.outcome != Outcome::failed || !has(finding, "revoked_at")) return {};
    return has(finding, "ca") ? words::detail_ca_revoked : words::detail_revoked;
}

}  // namespace scca::report
