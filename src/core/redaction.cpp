// SPDX-License-Identifier: Apache-2.0
#include "scca/core/redaction.hpp"

#include "scca/core/calendar.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace scca {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Mobile numbers of the mainland: 11 digits, 1 then 3 to 9 (the Ministry's numbering plan).
bool is_mobile_number(std::string_view text) noexcept {
    return text.size() == 11 && text[0] == '1' && text[1] >= '3' && std::all_of(text.begin(), text.end(), is_digit);
}

unsigned number_at(std::string_view text, std::size_t first, std::size_t count) noexcept {
    unsigned value = 0;
    for (const char c : text.substr(first, count)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

/// Prefixes of SCCA's subject attributes whose values are personal (pta.js conventions: NO.1 to NO.3, ID1 to ID4, OPT.*).
bool is_personal_value(std::string_view value) noexcept {
    constexpr std::array<std::string_view, 12> prefixes{"NO.1", "NO.2", "NO.3", "ID1", "ID2",    "ID3:P",
                                                        "ID4",  "OPT.", "MID:", "SF0", "Custom", "SNTYPE"};
    return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) { return value.starts_with(p); });
}

bool is_personal_type(std::string_view type) noexcept {
    return type == "SN" || type == "serialNumber" || type == "2.5.4.5" || type == "surname" || type == "GN" ||
           type == "givenName" || type == "emailAddress" || type == "1.2.156.112646.8";
}

std::vector<std::string_view> split_name(std::string_view name) {
    std::vector<std::string_view> parts;
    while (!name.empty()) {
        const std::size_t comma = name.find(", ");
        parts.push_back(name.substr(0, comma));
        name.remove_prefix(comma == std::string_view::npos ? name.size() : comma + 2);
    }
    return parts;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    if (what.size() < 2) return;  // a one-letter user name would shred every word
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        const bool starts = at == 0 || !is_word(text[at - 1]);
        const bool ends = at + what.size() == text.size() || !is_word(text[at + what.size()]);
        if (starts && ends) {
            text.replace(at, what.size(), with);
        } else {
            at += what.size() - std::min(what.size(), with.size());
        }
    }
}

}  // namespace

bool is_identity_number(std::string_view text) noexcept {
    if (text.size() != 18 || !std::all_of(text.begin(), text.begin() + 17, is_digit)) return false;
    const auto born = moment_of(static_cast<int>(number_at(text, 6, 4)), number_at(text, 10, 2), number_at(text, 12, 2), 0, 0, 0);
    if (!born) return false;
    unsigned product = 10;  // ISO 7064 MOD 11-2 in its recursive form, from the left
    unsigned sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum = (sum + static_cast<unsigned>(text[i] - '0')) * 2 % 11;
    product = (12 - sum) % 11;
    const char check = product == 10 ? 'X' : static_cast<char>('0' + product);
    return text[17] == check || (check == 'X' && text[17] == 'x');
}

Redactor::Redactor(Surroundings surroundings) : surroundings_(std::move(surroundings)) {}

std::string Redactor::alias(PersonalKind kind, std::string_view value) {
    if (value.empty()) return {};
    constexpr std::array<std::string_view, 4> names{"person", "number", "user", "host"};
    const auto found = aliases_.find(value);
    if (found != aliases_.end()) return found->second;
    std::string name(names[static_cast<std::size_t>(kind)]);
    name += '-' + std::to_string(++counts_[kind]);
    aliases_.emplace(value, name);
    return name;
}

std::string Redactor::redact_name(std::string_view name) {
    const auto parts = split_name(name);
    const auto has = [&](auto wanted) { return std::any_of(parts.begin(), parts.end(), wanted); };
    const bool of_person = has([](std::string_view p) { return p.find("ID3:Personal") != std::string_view::npos; }) ||
                           !has([](std::string_view p) { return p.starts_with("O="); });
    std::string redacted;
    for (const std::string_view part : parts) {
        const std::size_t equals = part.find('=');
        const std::string_view type = part.substr(0, equals);
        const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        if (!redacted.empty()) redacted += ", ";
        if (is_personal_type(type) || is_personal_value(value)) {
            redacted += std::string(type) + '=' + alias(PersonalKind::number, value);
        } else if (type == "CN" && of_person) {
            redacted += "CN=" + alias(PersonalKind::person, value);
        } else {
            redacted += part;
        }
    }
    return redacted;
}

std::string Redactor::sweep(std::string_view text) {
    std::string swept;
    swept.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i]) || (i > 0 && is_word(text[i - 1]))) {
            swept += text[i++];
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && is_word(text[end])) ++end;
        const std::string_view run = text.substr(i, end - i);
        const bool personal = is_identity_number(run) || is_mobile_number(run);
        swept += personal ? alias(PersonalKind::number, run) : std::string(run);
        i = end;
    }
    // The home first: it usually holds the user's name.
    if (surroundings_.home.size() > 1) replace_all(swept, surroundings_.home, "~");
    replace_all(swept, surroundings_.user, alias(PersonalKind::user, surroundings_.user));
    replace_all(swept, surroundings_.host, alias(PersonalKind::host, surroundings_.host));
    return swept;
}

}  // namespace scca
