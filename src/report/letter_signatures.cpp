// SPDX-License-Identifier: Apache-2.0
#include "letter_signatures.hpp"

#include "scca/faq/words.hpp"

#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// "✓ 文件签名是否有效": a part of a signature and whether it holds.
std::string part_text(const Finding& finding, const Style& style) {
    constexpr std::array<std::string_view, 7> signs{"✓", "·", "!", "✗", "–", "?", "✗"};
    constexpr std::array<std::string_view, 7> ascii{"+", ".", "!", "x", "-", "?", "x"};
    const auto outcome = static_cast<std::size_t>(finding.outcome);
    return std::string((style.unicode ? signs : ascii)[outcome]) + ' ' +
           std::string(faq::title_of(finding.rung).in(style.lang));
}

std::string seal_text(const Subject& seal) {
    return seal.picture_type.empty() ? seal.name : seal.name + " (" + seal.picture_type + ")";
}

}  // namespace

void put_signatures(Letter& letter, const Report& report, const Style& style) {
    for (const Subject& signature : report.subjects) {
        if (signature.kind != SubjectKind::signature) continue;
        const auto put = [&](faq::Text label, std::string value, bool below) {
            if (!value.empty())
                letter.signatures.push_back({std::string(label.in(style.lang)), std::move(value), below});
        };
        put(words::label_signature, signature.name, false);
        put(words::label_signer, std::string(fact_text(signature, "signer")), true);
        const auto signed_at = fact_moment(signature, "signed_at");
        put(words::label_signed_at,
            signed_at ? beijing_text(*signed_at) : std::string(fact_text(signature, "signed_at")), true);
        for (const Finding& finding : signature.findings) put(words::label_part, part_text(finding, style), true);
        for (const Subject& seal : report.subjects) {
            if (seal.parent != signature.id) continue;
            put(words::label_seal, seal_text(seal), true);
            for (const Finding& finding : seal.findings) put(words::label_part, part_text(finding, style), true);
        }
    }
}

}  // namespace scca::report
