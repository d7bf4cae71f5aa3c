// SPDX-License-Identifier: Apache-2.0
#include "scca/core/redaction.hpp"

#include "redaction_parts.hpp"

#include <algorithm>
#include <array>

namespace scca {
namespace {

using namespace redaction;

constexpr std::array<std::string_view, 4> alias_names{"person", "number", "user", "host"};

/// Shorter values stand in too many other words to be searched for.
constexpr std::size_t least_known = 4;

constexpr std::size_t least_encoded = 14;  ///< of an eleven-digit telephone number in base64

constexpr std::size_t longest_clean = 128;  ///< of the texts that are remembered

/// A number without digits is an attribute's word, often an organisation's name, and is not looked for elsewhere.
bool is_searchable(PersonalKind kind, std::string_view value) noexcept {
    constexpr std::ptrdiff_t least_digits = 4;
    if (value.size() < least_known) return false;
    return kind != PersonalKind::number || std::count_if(value.begin(), value.end(), is_digit) >= least_digits;
}

std::uint32_t first_octets(std::string_view text) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < least_known; ++i) value = value << 8U | static_cast<unsigned char>(text[i]);
    return value;
}

/// Accounts and computers that belong to nobody in particular: masking them would only shred ordinary words.
bool is_nobody(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 14> names{"root",  "user",   "admin",   "administrator", "nobody",
                                                     "guest", "test",   "ubuntu",  "debian",        "localhost",
                                                     "token", "public", "default", "all users"};
    return name.size() < 2 || std::any_of(names.begin(), names.end(), [&](std::string_view n) {
               return n.size() == name.size() && starts_like(name, n);
           });
}

bool is_slash(char c) noexcept { return c == '/' || c == '\\'; }

/// Where a user's folder begins: "/home/", "C:\Users\" … with one or more slashes of either kind. Returns the length.
std::size_t home_prefix(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 5> folders{"home", "Users", "Documents and Settings", "media", "run/media"};
    std::size_t start = 0;
    while (start < text.size() && is_slash(text[start])) ++start;
    if (start == 0) return 0;
    for (const std::string_view folder : folders) {
        const bool windows = text[start - 1] == '\\';  // which knows no case
        const std::string_view rest = text.substr(start);
        if (!(windows ? starts_like(rest, folder) : rest.starts_with(folder))) continue;
        std::size_t end = start + folder.size();
        if (end >= text.size() || !is_slash(text[end])) continue;
        while (end < text.size() && is_slash(text[end])) ++end;
        return end;
    }
    return 0;
}

/// The folder's name up to the next slash; a space belongs to it only when a slash follows.
std::string_view folder_name(std::string_view text) noexcept {
    const std::size_t stop = text.find_first_of("/\\\"'<>|,;:\r\n\t");
    const std::string_view name = text.substr(0, stop);
    if (stop != std::string_view::npos && is_slash(text[stop])) return name;
    return name.substr(0, name.find(' '));
}

int base64_value(char c) noexcept {
    if (is_upper(c)) return c - 'A';
    if (is_letter(c)) return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

/// RFC 4648, both alphabets; padding has been taken off.
Bytes decode_base64(std::string_view text) {
    Bytes octets;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        bits = bits << 6U | static_cast<std::uint32_t>(base64_value(c));
        count += 6;
        if (count < 8) continue;
        count -= 8;
        octets.push_back(static_cast<std::uint8_t>(bits >> count & 0xFFU));
    }
    return octets;
}

void append_utf8(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += {static_cast<char>(0xC0 | code >> 6U), static_cast<char>(0x80 | (code & 0x3F))};
    } else {
        text += {static_cast<char>(0xE0 | code >> 12U), static_cast<char>(0x80 | (code >> 6U & 0x3F)),
                 static_cast<char>(0x80 | (code & 0x3F))};
    }
}

/// BMPString and Windows write two octets a character, in either order and from an odd or even octet on.
std::string from_utf16(ByteView octets, std::size_t first, bool little) {
    std::string text;
    for (std::size_t i = first; i + 1 < octets.size(); i += 2) {
        const std::uint32_t high = octets[little ? i + 1 : i];
        append_utf8(text, high << 8U | octets[little ? i : i + 1]);
    }
    return text;
}

/// person-1 and its like.
bool is_alias(std::string_view value) noexcept {
    return std::any_of(alias_names.begin(), alias_names.end(), [&](std::string_view name) {
        if (!value.starts_with(name) || value.size() < name.size() + 2 || value[name.size()] != '-') return false;
        return value.find_first_not_of("0123456789", name.size() + 1) == std::string_view::npos;
    });
}

/// An alias as it was before it had to fit: "person-0012" is "person-12".
std::string shortened(std::string_view alias) {
    const std::size_t number = alias.find('-') + 1;
    const std::size_t digits = std::min(alias.find_first_not_of('0', number), alias.size() - 1);
    return std::string(alias.substr(0, number)).append(alias.substr(digits));
}

/// In exactly so many octets, its number unchanged as long as that has room: "person-0012", "on-12".
std::string fitted(std::string replacement, std::size_t length) {
    if (replacement.size() >= length) return replacement.substr(replacement.size() - length);
    const std::size_t number = replacement.find_last_not_of("0123456789") + 1;
    return replacement.insert(number, length - replacement.size(), '0');
}

}  // namespace

Redactor::Redactor(Surroundings surroundings) : home_(std::move(surroundings.home)) {
    const auto name = [&](PersonalKind kind, std::string_view value) {
        if (!is_nobody(value)) names_.emplace_back(kind, value);
    };
    const std::string_view host = surroundings.host;
    name(PersonalKind::host, host);
    name(PersonalKind::host, host.substr(0, host.find('.')));
    name(PersonalKind::user, surroundings.user);
    for (std::size_t c = 0; c < begins_.size(); ++c) {
        if (base64_value(static_cast<char>(c)) >= 0) begins_[c] = of_run;
    }
    if (!home_.empty()) mark(home_.front(), of_home);
    for (const auto& [kind, value] : names_) {
        mark(lower(value.front()), of_surroundings);
        mark(upper(value.front()), of_surroundings);
    }
    for (const char c : number_beginnings) mark(c, of_number);
    mark('/', of_home);
    mark('\\', of_home);
    begins_at_first_ = begins_;
}

void Redactor::mark(char c, Beginning beginning) { begins_[static_cast<unsigned char>(c)] |= beginning; }

void Redactor::forget() {
    aliases_.clear();
    known_.clear();
    counts_.clear();
    begins_ = begins_at_first_;
}

std::string Redactor::alias(PersonalKind kind, std::string_view value) {
    if (value.empty()) return {};
    if (is_alias(value)) return shortened(value);
    const auto found = aliases_.find(value);
    if (found != aliases_.end()) return found->second;
    std::string name(alias_names[static_cast<std::size_t>(kind)]);
    name += '-' + std::to_string(++counts_[kind]);
    aliases_.emplace(value, name);
    if (is_searchable(kind, value)) {
        known_[first_octets(value)].emplace_back(value);
        mark(value.front(), of_known);
    }
    return name;
}

std::string Redactor::alias(PersonalKind kind, std::string_view value, std::size_t length) {
    return fitted(alias(kind, value), length);
}

std::string Redactor::sweep(std::string_view text) {
    std::string swept(text);
    sweep_with(swept, false);
    return swept;
}

std::string Redactor::sweep_in_place(std::string_view text) {
    std::string swept(text);
    sweep_with(swept, true);
    return swept;
}

void Redactor::sweep_in(std::string& text) { sweep_with(text, false); }

void Redactor::sweep_with(std::string& text, bool in_place) {
    if (text.empty()) return;
    // Key usages, the issuer, names of algorithms: the same texts in every file.
    const bool remembers = known_.empty() && text.size() <= longest_clean;
    std::string* const last = remembers ? &clean_[std::hash<std::string>{}(text) % clean_.size()] : nullptr;
    if (last != nullptr && *last == text) return;
    auto found = find_from(text, 0, Content::text);
    if (!found) {
        if (last != nullptr) *last = text;
        return;
    }
    std::string swept;
    std::size_t at = 0;
    for (; found; found = find_from(text, at, Content::text)) {
        swept.append(text, at, found->at - at);
        swept += in_place ? fitted(std::move(found->hit.by), found->hit.length) : found->hit.by;
        at = found->at + found->hit.length;
    }
    swept.append(text, at);
    text = std::move(swept);
}

bool Redactor::finds_personal(ByteView octets) {
    const auto holds = [&](std::string_view text) { return find_from(text, 0, Content::opaque).has_value(); };
    if (holds(as_text(octets))) return true;
    for (const std::size_t first : {0U, 1U}) {
        if (holds(from_utf16(octets, first, false)) || holds(from_utf16(octets, first, true))) return true;
    }
    return false;
}

std::optional<Redactor::Found> Redactor::find_from(std::string_view text, std::size_t at, Content content) {
    std::size_t run_end = at;
    for (; at < text.size(); ++at) {
        unsigned begins = begins_[static_cast<unsigned char>(text[at])];
        // No number begins in the middle of its digits.
        if (at > 0 && is_digit(text[at]) && is_digit(text[at - 1])) begins &= ~static_cast<unsigned>(of_number);
        if (begins == 0) continue;
        if (begins != of_run) {
            if (auto hit = find_value(text, at, begins, content)) return Found{at, std::move(*hit)};
        }
        if (content == Content::opaque || (begins & of_run) == 0) continue;
        if (run_end <= at) run_end = end_of_run(text, at);
        if (run_end - at < least_encoded) continue;
        if (auto hit = find_encoded(text, at, run_end)) return Found{at, std::move(*hit)};
    }
    return std::nullopt;
}

std::size_t Redactor::end_of_run(std::string_view text, std::size_t at) const noexcept {
    while (at < text.size() && (begins_[static_cast<unsigned char>(text[at])] & of_run) != 0) ++at;
    return at;
}

std::optional<Redactor::Hit> Redactor::find_value(std::string_view text, std::size_t at, unsigned begins,
                                                  Content content) {
    std::optional<Hit> hit;
    if ((begins & of_home) != 0) hit = find_home(text, at);
    if (!hit && (begins & of_known) != 0) hit = find_known(text, at);
    if (!hit && (begins & of_surroundings) != 0) hit = find_surroundings(text, at, content);
    if (!hit && (begins & of_number) != 0) hit = find_number(text, at);
    return hit;
}

std::optional<Redactor::Hit> Redactor::find_home(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    const std::string_view own = home_;
    if (own.size() > 1 && rest.starts_with(own)) {
        const std::string_view after = rest.substr(own.size());
        const bool ends =
            after.empty() || !(is_alnum(after[0]) || after[0] == '_' || after[0] == '-' || after[0] == '.');
        if (ends) return Hit{own.size(), "~"};
    }
    const std::size_t prefix = home_prefix(rest);
    if (prefix == 0) return std::nullopt;
    const std::string_view name = folder_name(rest.substr(prefix));
    if (is_nobody(name)) return std::nullopt;
    return Hit{prefix + name.size(), std::string(rest.substr(0, prefix)) + alias(PersonalKind::user, name)};
}

std::optional<Redactor::Hit> Redactor::find_known(std::string_view text, std::size_t at) const {
    const std::string_view rest = text.substr(at);
    if (rest.size() < least_known) return std::nullopt;
    const auto bucket = known_.find(first_octets(rest));
    if (bucket == known_.end()) return std::nullopt;
    const std::string* longest = nullptr;
    for (const std::string& value : bucket->second) {
        if (!rest.starts_with(value) || !stands_alone(text, at, value.size())) continue;
        if (longest == nullptr || value.size() > longest->size()) longest = &value;
    }
    return longest == nullptr ? std::nullopt : std::optional<Hit>({longest->size(), aliases_.find(*longest)->second});
}

std::optional<Redactor::Hit> Redactor::find_surroundings(std::string_view text, std::size_t at, Content content) {
    constexpr std::size_t unmistakable = 6;  // long enough to be found inside another word
    const std::string_view rest = text.substr(at);
    for (const auto& [kind, name] : names_) {
        if (content == Content::opaque && name.size() < least_known) continue;
        const bool found = name.size() < unmistakable ? rest.starts_with(name) && stands_alone(text, at, name.size())
                                                      : starts_like(rest, name);
        if (found) return Hit{name.size(), alias(kind, name)};
    }
    return std::nullopt;
}

std::optional<Redactor::Hit> Redactor::find_number(std::string_view text, std::size_t at) {
    const auto number = find_personal_number(text, at);
    if (!number) return std::nullopt;
    return Hit{number->length,
               std::string(text.substr(at, number->skip)) + alias(PersonalKind::number, number->digits)};
}

/// A run of base64 or hexadecimal that spells something personal is replaced as a whole. A run also begins behind the
/// characters that base64 shares with paths and file names.
std::optional<Redactor::Hit> Redactor::find_encoded(std::string_view text, std::size_t at, std::size_t run_end) {
    if (at == 0 || !is_hex(text[at - 1])) {
        std::size_t end = at;
        while (end < text.size() && is_hex(text[end])) ++end;
        const std::size_t even = (end - at) & ~std::size_t{1};
        const std::string_view word = text.substr(at, even);
        if (even >= least_encoded && finds_personal(*parse_hex(word)))
            return Hit{even, alias(PersonalKind::number, word)};
    }
    if (at > 0 && is_alnum(text[at - 1])) return std::nullopt;
    const std::string_view word = text.substr(at, run_end - at);
    if (word.size() < least_encoded || !finds_personal(decode_base64(word))) return std::nullopt;
    return Hit{word.size(), alias(PersonalKind::number, word)};
}

}  // namespace scca
