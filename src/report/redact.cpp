// SPDX-License-Identifier: Apache-2.0
#include "scca/report/render.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

/// A field's typed part: what it says of itself is personal.
std::string mask_typed(const std::string& text, Privacy privacy, Redactor& redactor) {
    switch (privacy) {
        case Privacy::person: return redactor.alias(PersonalKind::person, text);
        case Privacy::number: return redactor.alias(PersonalKind::number, text);
        case Privacy::name: return redactor.redact_name(text);
        case Privacy::open:
        case Privacy::path: break;
    }
    return text;
}

void for_each_text(Value& value, auto visit) {
    if (auto* text = std::get_if<std::string>(&value)) visit(*text);
    if (auto* list = std::get_if<std::vector<std::string>>(&value)) std::for_each(list->begin(), list->end(), visit);
}

void for_each_field(Subject& subject, auto visit) {
    for (Field& field : subject.facts) visit(field);
    for (Finding& finding : subject.findings) {
        for (Field& field : finding.evidence) visit(field);
    }
}

/// Serial numbers of certificates and digests are hexadecimal, not personal, and may look like an identity number.
bool is_hexadecimal_fact(const Field& field) {
    const std::string_view key = field.key;
    if (key != "serial" && key != "sha256") return false;
    const auto* text = std::get_if<std::string>(&field.value);
    if (text == nullptr) return false;
    unsigned char strange = 0;  // all of them are looked at side by side
    for (const char c : *text) strange |= static_cast<unsigned char>((c < '0' || c > '9') && (c < 'a' || c > 'f'));
    return strange == 0;
}

constexpr std::array<bool, 256> make_word_characters() {
    std::array<bool, 256> characters{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789_-.#")) {
        characters[static_cast<unsigned char>(c)] = true;
    }
    return characters;
}

/// Our own ids are plain words, or none; anything else came from outside.
bool is_plain_word(std::string_view text) {
    static constexpr auto characters = make_word_characters();
    return text.empty() || (text.front() >= 'a' && std::all_of(text.begin(), text.end(), [](char c) {
                                return characters[static_cast<unsigned char>(c)];
                            }));
}

void mask_typed(Subject& subject, Redactor& redactor) {
    subject.name = mask_typed(subject.name, subject.name_privacy, redactor);
    for_each_field(subject, [&](Field& field) {
        if (field.privacy == Privacy::open || field.privacy == Privacy::path) return;
        for_each_text(field.value, [&](std::string& text) { text = mask_typed(text, field.privacy, redactor); });
    });
}

void sweep(Subject& subject, Redactor& redactor) {
    redactor.sweep_in(subject.name);
    for (std::string* id : {&subject.id, &subject.parent}) {
        if (!is_plain_word(*id)) redactor.sweep_in(*id);
    }
    for (Finding& finding : subject.findings) {
        if (!is_plain_word(finding.blocked_by)) redactor.sweep_in(finding.blocked_by);
    }
    for_each_field(subject, [&](Field& field) {
        if (is_hexadecimal_fact(field)) return;
        for_each_text(field.value, [&](std::string& text) { redactor.sweep_in(text); });
    });
}

/// A person's seal is a signature or a name in ink, and any picture can carry words beside its pixels.
bool shows_person(const Subject& subject, Redactor& redactor) {
    const Field* name = find_field(subject.facts, "name");
    if (subject.name_privacy == Privacy::person || (name != nullptr && name->privacy == Privacy::person)) return true;
    return redactor.finds_personal(subject.picture);
}

}  // namespace

Report redacted(Report report, Redactor& redactor) {
    // Typed fields of all subjects first, so that the sweep finds a name wherever else it stands.
    for (Subject& subject : report.subjects) mask_typed(subject, redactor);
    redactor.sweep_in(report.command);
    for (Subject& subject : report.subjects) {
        sweep(subject, redactor);
        redactor.sweep_in(subject.picture_type);
        if (!subject.picture.empty() && shows_person(subject, redactor)) subject.picture.clear();
    }
    return report;
}

explain::Explanation redacted(const explain::Explanation& explanation, Redactor& redactor) {
    explain::Explanation copy = explanation;
    for (explain::Match& match : copy.matches) match.matched = redactor.sweep(match.matched);
    for (explain::CodeRead& code : copy.codes) code.written = redactor.sweep(code.written);
    return copy;
}

}  // namespace scca::report
