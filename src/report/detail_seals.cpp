// SPDX-License-Identifier: Apache-2.0
#include "detail_seals.hpp"

#include "detail.hpp"
#include "phrases.hpp"

#include "scca/faq/words.hpp"

#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// By the evidence "reason".
constexpr std::array reasons{
    PhraseRow{"not-a-zip", words::reason_not_a_zip},
    PhraseRow{"leads-out", words::reason_leads_out},
    PhraseRow{"entry-twice", words::reason_entry_twice},
    PhraseRow{"too-many-entries", words::reason_too_many_entries},
    PhraseRow{"zip-bomb", words::reason_zip_bomb},
    PhraseRow{"encrypted", words::reason_encrypted},
    PhraseRow{"not-there", words::reason_not_there},
    PhraseRow{"too-long", words::reason_too_long},
    PhraseRow{"external-entity", words::reason_external_entity},
    PhraseRow{"entity-bomb", words::reason_entity_bomb},
    PhraseRow{"doctype", words::reason_doctype},
    PhraseRow{"wrong-root", words::reason_wrong_root},
    PhraseRow{"empty", words::reason_empty},
    PhraseRow{"no-signature", words::reason_no_signature},
    PhraseRow{"not-signed", words::reason_not_signed},
    PhraseRow{"binary-seal", words::reason_binary_seal},
    PhraseRow{"converted-seal", words::reason_converted_seal},
    PhraseRow{"no-seal", words::reason_no_seal},
    PhraseRow{"behind-pin", words::reason_behind_pin},
    PhraseRow{"cut-short", words::reason_cut_short},
    PhraseRow{"pkcs12", words::reason_pkcs12},
    PhraseRow{"nothing-known", words::reason_nothing_known},
    PhraseRow{"stamp-unreadable", words::reason_stamp_unreadable},
    PhraseRow{"stamp-imprint", words::reason_stamp_imprint},
    PhraseRow{"stamp-too-early", words::reason_stamp_too_early},
    PhraseRow{"stamp-signature", words::reason_stamp_signature},
    PhraseRow{"stamp-certificate-dates", words::reason_stamp_certificate_dates},
    PhraseRow{"stamp-usage", words::reason_stamp_usage},
    PhraseRow{"stamp-chain", words::reason_stamp_chain},
    PhraseRow{"stamp-no-certificate", words::reason_stamp_no_certificate},
    PhraseRow{"stamp-unknown-digest", words::reason_stamp_unknown_digest},
    PhraseRow{"stamp-unsupported", words::reason_stamp_unsupported},
    PhraseRow{"no-certificate", words::reason_no_certificate},
    PhraseRow{"certificate-unreadable", words::reason_certificate_unreadable},
    PhraseRow{"no-original", words::reason_no_original},
    PhraseRow{"algorithm-unknown", words::reason_algorithm_unknown},
    PhraseRow{"algorithm-key-mismatch", words::reason_algorithm_key_mismatch},
    PhraseRow{"maker-unreadable", words::reason_maker_unreadable},
    PhraseRow{"nobody-listed", words::reason_nobody_listed},
    PhraseRow{"usage-of-signer", words::reason_usage_of_signer},
    PhraseRow{"outside-certificate", words::reason_outside_certificate},
    PhraseRow{"outside-seal", words::reason_outside_seal},
};

/// By the parts of the evidence "how"; what follows a colon there is a value.
constexpr std::array encodings{
    PhraseRow{"raw-rs", words::how_raw_rs},
    PhraseRow{"negative-integer", words::how_negative_integer},
    PhraseRow{"non-minimal-integer", words::how_non_minimal_integer},
    PhraseRow{"der-reencoded", words::how_der_reencoded},
    PhraseRow{"signer-id", words::how_signer_id},
    PhraseRow{"algorithm-identifier", words::how_algorithm_identifier},
    PhraseRow{"digest-direct", words::how_digest_direct},
};

std::vector<std::string> list_in(const Finding& finding, std::string_view key) {
    const Field* field = find_field(finding.evidence, key);
    const auto* list = field == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&field->value);
    return list == nullptr ? std::vector<std::string>() : *list;
}

/// "raw-rs+signer-id:1234567811111111", each part in words.
std::string near_miss(std::string_view how, faq::Lang lang) {
    std::vector<std::string> parts;
    while (!how.empty()) {
        const std::size_t end = std::min(how.find('+'), how.size());
        const std::string_view part = how.substr(0, end);
        const faq::Text text = phrase_for(encodings, part.substr(0, part.find(':')));
        parts.emplace_back(text.in(lang).empty() ? part : text.in(lang));
        how.remove_prefix(std::min(end + 1, how.size()));
    }
    return fill(words::detail_near_miss.in(lang), {{"how", std::move(parts)}}, lang);
}

/// Which files are changed, missing and damaged, and which later signature was made over the change.
std::string changed_files(const Finding& finding, faq::Lang lang) {
    std::vector<std::string> changed = list_in(finding, "files");
    for (const char* const key : {"missing", "unreadable"}) {
        for (const std::string& file : list_in(finding, key)) std::erase(changed, file);
    }
    Fields fields = finding.evidence;
    if (!changed.empty()) fields.push_back({"changed", std::move(changed)});
    std::string text;
    for (const auto& [key, phrase] :
         {std::pair{"changed", words::files_changed}, std::pair{"missing", words::files_missing},
          std::pair{"unreadable", words::files_unreadable}, std::pair{"broken_by", words::files_broken_by}}) {
        if (find_field(fields, key) == nullptr) continue;
        if (!text.empty()) text += words::sentence_separator.in(lang);
        text += fill(phrase.in(lang), fields, lang);
    }
    return text;
}

std::string references_detail(const Finding& finding, faq::Lang lang) {
    if (finding.outcome == Outcome::failed) return changed_files(finding, lang);
    if (finding.outcome != Outcome::unknown) return {};
    return fill(words::methods_unknown.in(lang), finding.evidence, lang);
}

std::string signer_detail(const Finding& finding, faq::Lang lang) {
    if (finding.outcome != Outcome::failed || find_field(finding.evidence, "signer") == nullptr) return {};
    const bool names = find_field(finding.evidence, "listed") != nullptr;
    return fill((names ? words::signer_not_listed : words::signer_not_listed_digest).in(lang), finding.evidence, lang);
}

bool is_of_files(Rung rung) noexcept { return rung >= Rung::seal_found || rung == Rung::cert_readable; }

}  // namespace

std::string seal_detail_of(const Finding& finding, faq::Lang lang) {
    if (!is_of_files(finding.rung)) return {};
    if (finding.outcome == Outcome::passed || finding.outcome == Outcome::noted) return {};
    if (const auto text = phrase_for(reasons, text_in(finding, "reason")); !text.in(lang).empty()) {
        return fill(text.in(lang), finding.evidence, lang);
    }
    if (const auto how = text_in(finding, "how"); !how.empty() && finding.outcome == Outcome::warned) {
        return near_miss(how, lang);
    }
    if (finding.rung == Rung::document_readable && text_in(finding, "field") == "zip") {
        return std::string(words::zip_damaged.in(lang));
    }
    if (finding.rung == Rung::signature_references) return references_detail(finding, lang);
    return finding.rung == Rung::signature_signer ? signer_detail(finding, lang) : std::string();
}

}  // namespace scca::report
