// SPDX-License-Identifier: Apache-2.0
#include "redaction_parts.hpp"

#include "scca/core/redaction.hpp"

#include <algorithm>
#include <array>

namespace scca {
namespace {

using namespace redaction;

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

template <std::size_t count>
bool is_one_of(std::string_view text, const std::array<std::string_view, count>& words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return word.size() == text.size() && starts_like(text, word); });
}

/// One attribute with what separates it from the one before.
struct Part {
    std::string_view separator, attribute;
    NamePart name;  ///< its type and its value as it is written
};

/// Without '=' all of it is the type.
NamePart name_in(std::string_view attribute) noexcept {
    const std::size_t equals = std::min(attribute.find('='), attribute.size());
    return {trimmed(attribute.substr(0, equals)), attribute.substr(std::min(equals + 1, attribute.size()))};
}

/// "/C=CN/O=…", as X509_NAME_oneline writes it.
bool is_slash_form(std::string_view name) noexcept {
    return name.starts_with('/') && name.find('=') < name.find('/', 1);
}

/// Whether a slash at `at` begins the next attribute: "/TYPE=".
bool begins_attribute(std::string_view name, std::size_t at) noexcept {
    const std::size_t end =
        name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-", at + 1);
    return end != std::string_view::npos && end > at + 1 && name[end] == '=';
}

std::vector<Part> split_name(std::string_view name) {
    constexpr std::size_t usual_parts = 8;
    std::vector<Part> parts;
    parts.reserve(usual_parts);
    const bool slashes = is_slash_form(name);
    bool quoted = false;
    std::size_t separator = 0;
    std::size_t start = 0;
    const auto finish = [&](std::size_t end) {
        const std::string_view attribute = name.substr(start, end - start);
        parts.push_back({name.substr(separator, start - separator), attribute, name_in(attribute)});
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\') {  // RFC 4514 2.4: the next character is the value's own
            ++i;
            continue;
        }
        if (name[i] == '"') quoted = !quoted;
        const bool ends =
            slashes ? name[i] == '/' && begins_attribute(name, i) : name[i] == ',' || name[i] == ';' || name[i] == '+';
        if (!ends || quoted) continue;
        if (i > start) finish(i);
        separator = i;
        start = std::min(name.find_first_not_of(' ', i + 1), name.size());
        i = start - 1;
    }
    finish(name.size());
    return parts;
}

bool is_escaped(std::string_view value) noexcept {
    return std::any_of(value.begin(), value.end(), [](char c) { return c == '"' || c == '\\'; });
}

/// The value without RFC 4514 escapes and quotes, so that it gets the alias that it has elsewhere.
std::string unescaped(std::string_view value) {
    std::string plain;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '"') continue;
        if (value[i] != '\\' || i + 1 >= value.size()) {
            plain += value[i];
            continue;
        }
        const auto octet = i + 2 < value.size() ? parse_hex(value.substr(i + 1, 2)) : std::nullopt;
        plain += octet ? static_cast<char>(octet->front()) : value[i + 1];
        i += octet ? 2 : 1;
    }
    return plain;
}

bool is_common_name(std::string_view type) noexcept {
    return is_one_of(type, std::array<std::string_view, 3>{"CN", "commonName", "2.5.4.3"});
}

bool is_organisation(std::string_view type) noexcept {
    return is_one_of(type, std::array<std::string_view, 3>{"O", "organizationName", "2.5.4.10"});
}

/// Where an organisation is and what it is called. Whatever is not here is taken for personal: SERIALNUMBER, SN, GN, E,
/// UID, T, and the private attributes of the CA.
bool is_open_type(std::string_view type) noexcept {
    return is_organisation(type) ||
           is_one_of(type, std::array<std::string_view, 15>{
                               "C", "ST", "S", "L", "OU", "DC", "STREET", "countryName", "stateOrProvinceName",
                               "localityName", "organizationalUnitName", "2.5.4.6", "2.5.4.7", "2.5.4.8", "2.5.4.11"});
}

/// What SCCA writes into OU and other attributes (its web client reads them by these prefixes): the length of the
/// prefix that may stay, or nothing when the value is an ordinary one.
std::size_t personal_prefix(std::string_view value) noexcept {
    constexpr std::array<std::string_view, 13> prefixes{"NO.1", "NO.2", "NO.3", "ID1", "ID2",    "ID3",   "ID4",
                                                        "OPT.", "MID:", "SF0",  "PN:", "Custom", "SNTYPE"};
    if (value.empty() || static_cast<unsigned char>(value.front()) >= 0x80) return 0;  // as most begin
    for (const std::string_view prefix : prefixes) {
        if (!starts_like(value, prefix)) continue;
        const std::size_t colon = value.find(':');
        return colon == std::string_view::npos ? prefix.size() : colon + 1;
    }
    return 0;
}

/// ID3 says only whether the holder is a person or an organisation.
bool says_kind_of_holder(std::string_view value) noexcept {
    return is_one_of(value, std::array<std::string_view, 2>{"ID3:Organizational", "ID3:Personal"});
}

bool contains(std::string_view text, std::string_view word) noexcept {
    return text.find(word) != std::string_view::npos;
}

/// A name that only an organisation or a CA bears; CA certificates often have no O.
bool names_organisation(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 8> words{"公司", "中心", "认证",      "机构",
                                                    "Root", "ROOT", "Authority", "SCCA"};
    if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return contains(name, word); }))
        return true;
    for (std::size_t at = name.find("CA"); at != std::string_view::npos; at = name.find("CA", at + 1)) {
        if (stands_alone(name, at, 2)) return true;
    }
    return false;
}

/// What of this value is personal; nothing when all of it may stay. `unreadable`: only octets could be told of it.
std::optional<PersonalPart> personal_part(NamePart part, bool of_person, bool unreadable) {
    if (says_kind_of_holder(part.value)) return std::nullopt;
    if (const std::size_t prefix = personal_prefix(part.value); prefix != 0)
        return PersonalPart{PersonalKind::number, prefix};
    if (unreadable) return PersonalPart{PersonalKind::number, 0};
    if (is_common_name(part.type)) {
        if (!of_person || names_organisation(part.value)) return std::nullopt;
        return PersonalPart{PersonalKind::person, 0};
    }
    return is_open_type(part.type) ? std::nullopt : std::optional<PersonalPart>({PersonalKind::number, 0});
}

/// A name without an organisation is a person's, and one that says so of itself (ID3:Personal).
bool is_of_person(const auto& parts, auto name_of) {
    const auto any = [&](auto says) {
        return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return says(name_of(part)); });
    };
    return any([](const NamePart& part) { return starts_like(part.value, "ID3:P"); }) ||
           !any([](const NamePart& part) { return is_organisation(part.type); });
}

}  // namespace

std::vector<std::optional<PersonalPart>> find_personal_parts(const std::vector<NamePart>& name) {
    const bool of_person = is_of_person(name, [](const NamePart& part) { return part; });
    std::vector<std::optional<PersonalPart>> parts;
    for (const NamePart& part : name) parts.push_back(personal_part(part, of_person, part.value.starts_with('#')));
    return parts;
}

void Redactor::redact_attribute(std::string& redacted, std::string_view attribute, const NamePart& name,
                                bool of_person) {
    const std::string_view written = name.value;
    const bool escaped = is_escaped(written);
    const std::string plain = escaped ? unescaped(written) : std::string();
    const std::string_view value = escaped ? plain : written;
    // RFC 4514 2.4: octets in hexadecimal stand for a value that could not be read; nobody knows what they spell.
    const bool unreadable = written.starts_with('#');
    const auto part = personal_part({name.type, value}, of_person, unreadable);
    const std::string_view before = attribute.substr(0, attribute.size() - written.size());
    if (!part) {
        redacted += attribute;
    } else if (part->from == 0 && unreadable) {
        redacted.append(before).append(alias(part->kind, written));
    } else {
        redacted.append(before).append(value, 0, part->from).append(alias(part->kind, value.substr(part->from)));
    }
}

std::string Redactor::redact_name(std::string_view name) {
    const std::vector<Part> parts = split_name(name);
    const bool of_person = is_of_person(parts, [](const Part& part) { return part.name; });
    std::string redacted;
    redacted.reserve(name.size());
    for (const Part& part : parts) {
        redacted += part.separator;
        redact_attribute(redacted, part.attribute, part.name, of_person);
    }
    return redacted;
}

}  // namespace scca
