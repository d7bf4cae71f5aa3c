// SPDX-License-Identifier: Apache-2.0
#include "detail_seals.hpp"

#include "detail.hpp"

#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

struct Row {
    std::string_view word;
    faq::Text text;
};

/// By the evidence "reason".
constexpr std::array reasons{
    Row{"not-a-zip", words::reason_not_a_zip},
    Row{"leads-out", words::reason_leads_out},
    Row{"entry-twice", words::reason_entry_twice},
    Row{"too-many-entries", words::reason_too_many_entries},
    Row{"zip-bomb", words::reason_zip_bomb},
    Row{"encrypted", words::reason_encrypted},
    Row{"not-there", words::reason_not_there},
    Row{"too-long", words::reason_too_long},
    Row{"external-entity", words::reason_external_entity},
    Row{"entity-bomb", words::reason_entity_bomb},
    Row{"doctype", words::reason_doctype},
    Row{"wrong-root", words::reason_wrong_root},
    Row{"empty", words::reason_empty},
    Row{"no-signature", words::reason_no_signature},
    Row{"not-signed", words::reason_not_signed},
    Row{"binary-seal", words::reason_binary_seal},
    Row{"converted-seal", words::reason_converted_seal},
    Row{"no-seal", words::reason_no_seal},
    Row{"stamp-unreadable", words::reason_stamp_unreadable},
    Row{"stamp-imprint", words::reason_stamp_imprint},
    Row{"stamp-too-early", words::reason_stamp_too_early},
    Row{"stamp-signature", words::reason_stamp_signature},
    Row{"stamp-certificate-dates", words::reason_stamp_certificate_dates},
    Row{"stamp-usage", words::reason_stamp_usage},
    Row{"stamp-chain", words::reason_stamp_chain},
    Row{"stamp-no-certificate", words::reason_stamp_no_certificate},
    Row{"stamp-unknown-digest", words::reason_stamp_unknown_digest},
    Row{"stamp-unsupported", words::reason_stamp_unsupported},
    Row{"no-certificate", words::reason_no_certificate},
    Row{"certificate-unreadable", words::reason_certificate_unreadable},
    Row{"no-original", words::reason_no_original},
    Row{"algorithm-unknown", words::reason_algorithm_unknown},
    Row{"algorithm-key-mismatch", words::reason_algorithm_key_mismatch},
    Row{"maker-unreadable", words::reason_maker_unreadable},
    Row{"nobody-listed", words::reason_nobody_listed},
    Row{"usage-of-signer", words::reason_usage_of_signer},
    Row{"outside-certificate", words::reason_outside_certificate},
    Row{"outside-seal", words::reason_outside_seal},
};

/// By the parts of the evidence "how"; what follows a colon there is a value.
constexpr std::array encodings{
    Row{"raw-rs", words::how_raw_rs},
    Row{"negative-integer", words::how_negative_integer},
    Row{"non-minimal-integer", words::how_non_minimal_integer},
    Row{"der-reencoded", words::how_der_reencoded},
    Row{"signer-id", words::how_signer_id},
    Row{"algorithm-identifier", words::how_algorithm_identifier},
    Row{"digest-direct", words::how_digest_direct},
};

std::string_view text_in(const Finding& finding, std::string_view key) {
    const Field* field = find_field(finding.evidence, key);
    const auto* text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::vector<std::string> list_in(const Finding& finding, std::string_view key) {
    const Field* field = find_field(finding.evidence, key);
    const auto* list = field == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&field->value);
    return list == nullptr ? std::vector<std::string>() : *list;
}

template <std::size_t Count>
faq::Text find_text(const std::array<Row, Count>& rows, std::string_view word) {
    const auto* const found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.word == word; });
    return found == rows.end() ? faq::Text{} : found->text;
}

/// "raw-rs+signer-id:1234567811111111", each part in words.
std::string near_miss(std::string_view how, faq::Lang lang) {
    std::vector<std::string> parts;
    while (!how.empty()) {
        const std::size_t end = std::min(how.find('+'), how.size());
        const std::string_view part = how.substr(0, end);
        const faq::Text text = find_text(encodings, part.substr(0, part.find(':')));
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

bool is_of_seals(Rung rung) noexcept { return rung >= Rung::seal_found; }

}  // namespace

std::string seal_detail_of(const Finding& finding, faq::Lang lang) {
    if (!is_of_seals(finding.rung)) return {};
    if (finding.outcome == Outcome::passed || finding.outcome == Outcome::noted) return {};
    if (const auto text = find_text(reasons, text_in(finding, "reason")); !text.in(lang).empty()) {
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
