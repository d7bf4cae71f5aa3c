// SPDX-License-Identifier: Apache-2.0
#include "certificate_parts.hpp"
#include "values.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

using der::Tag;

/// A name of more attributes is no name; reading stops there.
constexpr std::size_t max_attributes = 256;

struct ShortName {
    std::string_view oid;  ///< content octets
    std::string_view name;
};

using namespace std::string_view_literals;

/// Outside the arc 2.5.4 (RFC 4519 2.4 and 2.39, PKCS #9).
constexpr std::array<ShortName, 3> foreign_names{{
    {"\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x01"sv, "UID"},
    {"\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19"sv, "DC"},
    {"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01"sv, "E"},
}};

/// The last arc under 2.5.4 (X.520).
std::string_view x520_name(std::uint8_t arc) noexcept {
    switch (arc) {
        case 3: return "CN";
        case 4: return "SN";
        case 5: return "SERIALNUMBER";
        case 6: return "C";
        case 7: return "L";
        case 8: return "ST";
        case 9: return "STREET";
        case 10: return "O";
        case 11: return "OU";
        case 12: return "T";
        case 13: return "DESCRIPTION";
        case 17: return "POSTALCODE";
        case 41: return "NAME";
        case 42: return "GN";
        case 43: return "INITIALS";
        case 46: return "DNQUALIFIER";
        default: return {};
    }
}

/// RFC 4514 2.4: what cannot be named is written as '#' and its octets.
std::string octets_text(ByteView octets) { return std::string("#").append(to_hex(octets)); }

std::string type_of(ByteView oid) {
    if (oid.size() == 3 && oid[0] == 0x55 && oid[1] == 0x04) {
        if (const auto name = x520_name(oid[2]); !name.empty()) return std::string(name);
    }
    for (const ShortName& known : foreign_names) {
        if (as_text(oid) == known.oid) return std::string(known.name);
    }
    // Real names hold types that are no object identifiers.
    if (auto dotted = oid_text(oid)) return std::move(*dotted);
    return octets_text(oid);
}

void read_attribute(Fields pair, std::string_view field, DistinguishedName& name) {
    const auto type = pair.need(Tag::oid, field);
    const auto value = pair.any(field);
    if (!type || !value || value->cut) return;
    auto text = string_of(*value);
    name.attributes.push_back({type_of(type->content), text ? std::move(*text) : octets_text(value->whole)});
}

/// RFC 4514 2.4: what must be escaped in a value.
constexpr bool must_be_escaped(char c) noexcept {
    return c == '"' || c == '+' || c == ',' || c == ';' || c == '<' || c == '>' || c == '\\';
}

void append_escaped(std::string& text, std::string_view value) {
    while (!value.empty()) {
        const auto special = std::find_if(value.begin(), value.end(), must_be_escaped);
        const auto plain = static_cast<std::size_t>(special - value.begin());
        text += value.substr(0, plain);
        if (special == value.end()) return;
        text += '\\';
        text += *special;
        value.remove_prefix(plain + 1);
    }
}

/// A value, character by character, as it is compared (RFC 4518 2, in as far as real names need it).
class Prepared {
public:
    explicit Prepared(std::string_view text) noexcept : rest_(text) {
        while (!rest_.empty() && is_space(rest_.back())) rest_.remove_suffix(1);
        skip_spaces();
    }

    /// Negative after the last one.
    [[nodiscard]] int next() noexcept {
        if (rest_.empty()) return -1;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (!is_space(c)) return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : static_cast<unsigned char>(c);
        skip_spaces();
        return ' ';
    }

private:
    static constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
    void skip_spaces() noexcept {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    }

    std::string_view rest_;
};

}  // namespace

bool same_value(std::string_view one, std::string_view other) noexcept {
    if (one == other) return true;
    Prepared a(one);
    Prepared b(other);
    int c = 0;
    do {
        c = a.next();
        if (c != b.next()) return false;
    } while (c >= 0);
    return true;
}

bool same_name(const DistinguishedName& one, const DistinguishedName& other) noexcept {
    if (one.der == other.der) return true;
    const auto same = [](const NameAttribute& a, const NameAttribute& b) {
        return a.type == b.type && same_value(a.value, b.value);
    };
    // From the end: the names of one CA's holders begin alike.
    return !one.attributes.empty() && std::equal(one.attributes.rbegin(), one.attributes.rend(),
                                                 other.attributes.rbegin(), other.attributes.rend(), same);
}

DistinguishedName name_of(const der::Element& sequence, const Fields& parent, std::string_view field) {
    DistinguishedName name;
    name.der.assign(sequence.whole.begin(), sequence.whole.end());
    name.attributes.reserve(8);
    Fields sets = parent.enter(sequence);
    while (sets.more()) {
        const auto set = sets.need(Tag::set, field);
        if (!set) continue;
        Fields pairs = sets.enter(*set);
        do {
            const auto pair = pairs.need(Tag::sequence, field);
            if (name.attributes.size() >= max_attributes) {
                parent.note(field, set->offset, "too many attributes");
                return name;
            }
            if (pair) read_attribute(pairs.enter(*pair), field, name);
        } while (pairs.more());
    }
    return name;
}

DistinguishedName parse_name(ByteView der) {
    der::Element sequence;
    der::Reader reader(der);
    if (reader.step(sequence) != der::Break::none || !sequence.is(Tag::sequence)) return {};
    Defects ignored(sequence.end());
    return name_of(sequence, Fields(reader, sequence.end(), ignored), "Name");
}

std::string_view DistinguishedName::find(std::string_view type) const noexcept {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const NameAttribute& attribute) { return attribute.type == type; });
    return found == attributes.end() ? std::string_view() : std::string_view(found->value);
}

std::string DistinguishedName::text() const {
    std::size_t size = 0;
    for (const NameAttribute& one : attributes) size += one.type.size() + one.value.size() + 3;
    std::string text;
    text.reserve(size);
    const auto append = [&](const NameAttribute& attribute) {
        if (!text.empty()) text += ", ";
        text += attribute.type;
        text += '=';
        append_escaped(text, attribute.value);
    };
    // Most certificates go from the country to the person; some are written the other way round.
    const bool person_first = !attributes.empty() && (attributes.front().type == "CN" || attributes.back().type == "C");
    if (person_first) {
        std::for_each(attributes.begin(), attributes.end(), append);
    } else {
        std::for_each(attributes.rbegin(), attributes.rend(), append);
    }
    return text;
}

}  // namespace scca::pki
