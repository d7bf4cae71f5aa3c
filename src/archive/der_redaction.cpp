// SPDX-License-Identifier: Apache-2.0
#include "der_redaction.hpp"

#include "scca/core/text.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/der.hpp"
#include "scca/pki/picture.hpp"
#include "scca/pki/revocation.hpp"
#include "scca/pki/seal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace scca::archive {
namespace {

using pki::der::Break;
using pki::der::Element;
using pki::der::Reader;
using pki::der::Tag;
using namespace std::string_view_literals;

/// 1.2.156.112646.8, in which SCCA puts the holder's number: content octets of the OBJECT IDENTIFIER.
constexpr auto holder_number = "\x2A\x81\x1C\x86\xF0\x06\x08"sv;

/// RFC 5280 4.2.1.6: rfc822Name [1] of a GeneralName.
constexpr std::uint8_t mail_address = 0x81;

/// Octets a character takes.
std::size_t width_of(std::uint8_t tag) noexcept {
    if ((tag & 0xDFU) == static_cast<std::uint8_t>(Tag::bmp_string)) return 2;
    return (tag & 0xDFU) == static_cast<std::uint8_t>(Tag::universal_string) ? 4 : 1;
}

/// Printed characters, or nearly: a key or digest has less than half of them.
bool reads_as_text(ByteView octets) noexcept {
    constexpr std::size_t least = 4;
    const auto printed =
        std::count_if(octets.begin(), octets.end(), [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
    if (octets.size() < least) return false;
    return is_valid_utf8(as_text(octets)) ? std::none_of(octets.begin(), octets.end(), [](auto c) { return c < 0x09; })
                                          : static_cast<std::size_t>(printed) * 4 >= octets.size() * 3;
}

/// The object identifiers of certificates and seals; a text whose type was destroyed looks like none of them.
bool is_identifier(ByteView content) noexcept {
    constexpr std::array arcs{"\x2A\x81"sv, "\x2A\x86"sv,     "\x2B\x06"sv,
                              "\x2B\x0E"sv, "\x60\x86\x48"sv, "\x09\x92\x26"sv};
    constexpr std::size_t longest = 11;
    const std::string_view octets = as_text(content);
    if (octets.size() == 3 && octets[0] == '\x55') return true;  // 2.5.4 and 2.5.29
    return octets.size() <= longest &&
           std::any_of(arcs.begin(), arcs.end(), [&](std::string_view arc) { return octets.starts_with(arc); });
}

/// A type of certificates and seals. Text that is taken for elements, most of them empty, soon has another.
bool is_usual(std::uint8_t tag) noexcept {
    constexpr auto universal = "\x01\x02\x03\x04\x05\x06\x0A\x0C\x12\x13\x14\x16\x17\x18\x1A\x1C\x1E\x30\x31"sv;
    const bool context_specific = (tag & 0xD0U) == 0x80U;  // [0] to [15]
    const bool segments = (tag & 0x20U) != 0 && pki::der::is_string(Tag{static_cast<std::uint8_t>(tag & 0xDFU)});
    return context_specific || segments || universal.find(static_cast<char>(tag)) != std::string_view::npos;
}

/// Digits with a zone, or a four-digit year and all fields: no number of a person is written like this.
bool is_time(ByteView content) noexcept {
    const std::string_view text = as_text(content);
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view zone = text.substr(digits);
    return (digits == 14 && zone.empty()) || (digits >= 10 && digits <= 14 && zone == "Z");
}

class Mask {
public:
    Mask(ByteView original, const std::set<std::string>& persons, Redactor& redactor)
        : original_(original), masked_(original.begin(), original.end()), persons_(persons), redactor_(redactor) {}

    Bytes run() && {
        if (original_.empty() || original_[0] != static_cast<std::uint8_t>(Tag::sequence)) {
            std::fill(masked_.begin(), masked_.end(), std::uint8_t{0});
            return std::move(masked_);
        }
        if (!is_known(original_)) masking_ = Masking::damaged;
        Reader reader(original_);
        Element first;
        if (reader.step(first) == Break::none) visit(first, reader);
        masking_ = Masking::damaged;  // what follows belongs to nothing
        walk(reader, original_.size());
        return std::move(masked_);
    }

private:
    /// What is masked besides what is personal by its place or its look.
    enum class Masking : std::uint8_t {
        nothing,
        holder,   ///< all, however it is written
        damaged,  ///< all, too, but for what holds the structure: here, and in what is of an unknown kind, neither
                  ///< a place nor a type says what a value is
    };

    /// A whole structure of a kind whose places are known.
    static bool is_known(ByteView content) {
        if (const auto seal = pki::parse_seal(content)) return seal->defects.empty();
        const auto certificate = pki::parse_certificate(content);
        if (certificate && certificate->defects.empty()) return true;
        const auto list = pki::parse_crl(content);
        const auto answer = pki::parse_ocsp_answer(content);
        return (list && list->defects.empty()) || (answer && answer->defects.empty());
    }

    void walk_masking(Masking masking, const Element& element, const Reader& reader) {
        const Masking before = std::exchange(masking_, std::max(masking_, masking));
        walk(reader.enter(element), element.content_offset() + element.content.size());
        masking_ = before;
    }

    void walk(Reader reader, std::size_t end) {
        const Masking before = masking_;
        if (!is_sound(reader)) masking_ = Masking::damaged;
        while (!reader.at_end()) {
            Element element;
            const std::size_t here = reader.offset();
            const bool broken = reader.step(element) != Break::none;
            const bool strange = !broken && masking_ == Masking::damaged && !is_usual(element.tag);
            if (broken || (strange && (element.cut || element.content.empty()))) {
                blank_from(here, end);
                break;
            }
            if (strange) {
                blank(element.content_offset(), element.end());
            } else {
                visit(element, reader);
            }
        }
        masking_ = before;
    }

    /// Whether everything on this level is an element, and whole. A certificate is whole for its reader even when what
    /// stands in an extension is not.
    static bool is_sound(Reader reader) noexcept {
        Element element;
        while (!reader.at_end()) {
            if (reader.step(element) != Break::none || element.cut || !is_usual(element.tag)) return false;
        }
        return true;
    }

    void visit(const Element& element, const Reader& reader) {
        if (element.is(Tag::sequence) && is_name(element)) return mask_name(element);
        if (element.is(Tag::sequence) && is_holder_number(element)) {
            walk_masking(Masking::holder, element, reader);
        } else if (element.is_constructed()) {
            walk_masking(Masking::nothing, element, reader);
        } else if (pki::string_of(element)) {
            mask_string(element);
        } else if (masking_ == Masking::damaged) {
            mask_damaged_value(element, reader);
        } else if (element.is(Tag::bit_string) || is_value(element)) {
            const bool is_number = masking_ == Masking::holder && element.is(Tag::bit_string);
            if (is_number || redactor_.finds_personal(element.content)) put_alias(element, PersonalKind::number);
        } else {
            mask_octets(element, reader);
        }
    }

    /// Only what is too short for a name, or looks like nothing that a person has, stays.
    void mask_damaged_value(const Element& element, const Reader& reader) {
        Element inside = element;
        if (element.is(Tag::bit_string) && !inside.content.empty()) inside.content = inside.content.subspan(1);
        const ByteView content = inside.content;
        const bool is_whole_time = (element.is(Tag::utc_time) || element.is(Tag::generalized_time)) && is_time(content);
        if (is_whole_time || (element.is(Tag::oid) && is_identifier(content))) return;
        if (!is_value(element) && holds_der(content)) return walk_masking(Masking::damaged, inside, reader);
        constexpr std::size_t no_word = 2;
        constexpr std::size_t least_key = 64;
        constexpr std::size_t beginning_of_key = 3;  // says how its point is written
        if (content.size() <= no_word) return;
        const bool is_key = element.is(Tag::bit_string) && content.size() >= least_key;
        blank(inside.content_offset() + (is_key ? beginning_of_key : 0), inside.content_offset() + content.size());
    }

    /// With octets that are no text, and give a number neither more nor fewer places than it had.
    void blank(std::size_t from, std::size_t end) {
        constexpr std::uint8_t no_text = 0x11;
        const std::uint8_t filler = original_[from];
        if (filler == 0 || filler == 0xFF) {
            while (from < end && original_[from] == filler) ++from;
        }
        for (; from < end; ++from) masked_[from] = no_text;
    }

    /// Numbers, identifiers, flags and times.
    static bool is_value(const Element& element) noexcept {
        constexpr std::uint8_t enumerated = 0x0A;
        return element.is(Tag::boolean) || element.is(Tag::integer) || element.is(Tag::null) || element.is(Tag::oid) ||
               element.is(Tag::utc_time) || element.is(Tag::generalized_time) || element.tag == enumerated;
    }

    /// An octet string often holds DER of its own: the value of an extension, a certificate in a seal.
    void mask_octets(const Element& element, const Reader& reader) {
        const ByteView content = element.content;
        const bool of_person = !persons_.empty() && pki::find_picture_header(content);
        if (holds_der(content)) {
            walk_masking(Masking::nothing, element, reader);
        } else if (masking_ == Masking::holder || element.tag == mail_address) {
            put_alias(element, PersonalKind::number);
        } else if (!reads_as_text(content) || of_person) {
            mask_opaque(element);
        } else {
            put(element.content_offset(), as_bytes(redactor_.sweep_in_place(as_text(content))));
        }
    }

    /// A person's picture is a name in ink, and any picture can carry words; what its header says of it stays.
    void mask_opaque(const Element& element) {
        const ByteView content = element.content;
        const auto header = pki::find_picture_header(content);
        const bool of_person = header && !persons_.empty();
        if (!of_person && !redactor_.finds_personal(content)) return;
        Bytes blank(content.size(), 0);
        const auto told = [&] {
            const auto found = pki::find_picture_header(blank);
            return found && found->kind == header->kind && found->width == header->width &&
                   found->height == header->height;
        };
        for (std::size_t kept = 16; header && kept < content.size() && !told(); kept *= 2) {
            std::copy_n(content.begin(), kept, blank.begin());
        }
        if (redactor_.finds_personal(blank)) std::fill(blank.begin(), blank.end(), std::uint8_t{0});
        put(element.content_offset(), blank);
    }

    [[nodiscard]] static bool holds_der(ByteView content) noexcept {
        Reader reader(content);
        Element inside;
        if (content.size() < 2 || reader.step(inside) != Break::none || !reader.at_end()) return false;
        const bool usual = inside.is(Tag::sequence) || inside.is(Tag::octet_string) || inside.is(Tag::bit_string) ||
                           pki::string_of(inside);
        return usual && (!inside.cut || inside.is(Tag::sequence));
    }

    /// RFC 5280 4.1.2.4: a SEQUENCE of SETs, each beginning with an attribute's type.
    [[nodiscard]] static bool is_name(const Element& sequence) noexcept {
        Reader sets = Reader({}).enter(sequence);
        Element set;
        if (sets.step(set) != Break::none || !set.is(Tag::set)) return false;
        Reader pairs = sets.enter(set);
        Element pair;
        if (pairs.step(pair) != Break::none || !pair.is(Tag::sequence)) return false;
        Element type;
        return pairs.enter(pair).next_is(Tag::oid) && pairs.enter(pair).step(type) == Break::none;
    }

    [[nodiscard]] static bool is_holder_number(const Element& sequence) noexcept {
        Reader fields = Reader({}).enter(sequence);
        Element oid;
        return fields.step(oid) == Break::none && oid.is(Tag::oid) && as_text(oid.content) == holder_number;
    }

    struct Attribute {
        Element value;  ///< its offset is in the whole
        std::string type, text;
    };

    /// Attributes are taken apart one by one, so that a damaged one does not hide the others.
    static std::vector<Attribute> attributes_of(const Element& name, bool& whole) {
        std::vector<Attribute> found;
        Reader sets = Reader({}).enter(name);
        while (whole && !sets.at_end()) {
            Element set;
            if (sets.step(set) != Break::none) whole = false;
            Reader pairs = sets.enter(set);
            while (whole && !pairs.at_end()) {
                Element pair;
                Attribute attribute;
                whole = pairs.step(pair) == Break::none;
                const auto parsed =
                    pki::parse_name(pki::der::wrap(Tag::sequence, pki::der::wrap(Tag::set, pair.whole)));
                Reader parts = pairs.enter(pair);
                Element type;
                whole = whole && parsed.attributes.size() == 1 && parts.step(type) == Break::none &&
                        is_identifier(type.content) && parts.step(attribute.value) == Break::none && parts.at_end() &&
                        !attribute.value.is_constructed();
                if (!whole) break;
                attribute.type = parsed.attributes.front().type;
                attribute.text = parsed.attributes.front().value;
                found.push_back(std::move(attribute));
            }
        }
        return found;
    }

    void mask_damaged(const Element& element) { walk_masking(Masking::damaged, element, Reader(original_)); }

    void mask_name(const Element& name) {
        bool whole = true;
        const auto attributes = attributes_of(name, whole);
        if (!whole) return mask_damaged(name);
        std::vector<NamePart> parts;
        for (const Attribute& attribute : attributes) parts.push_back({attribute.type, attribute.text});
        const auto personal = find_personal_parts(parts);
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            const Element& value = attributes[i].value;
            if (!personal[i]) {
                mask_string(value);
                continue;
            }
            // The words that stay are ASCII, so they take as many characters in every type.
            const std::size_t width = width_of(value.tag);
            const std::size_t kept = std::min(personal[i]->from * width, value.content.size());
            put_wide(value.content_offset() + kept, value.content.size() - kept, width, personal[i]->kind,
                     attributes[i].text.substr(personal[i]->from));
        }
    }

    void mask_string(const Element& element) {
        constexpr std::size_t no_word = 2;  // a country, the letters with which a seal begins
        const auto string = pki::string_of(element);
        if (!string) return put_alias(element, PersonalKind::number);
        const std::string& text = *string;
        const std::size_t at = element.content_offset();
        const std::size_t size = element.content.size();
        const std::size_t width = width_of(element.tag);
        if (persons_.contains(text)) return put_wide(at, size, width, PersonalKind::person, text);
        const bool any = masking_ == Masking::holder || (masking_ == Masking::damaged && size > no_word);
        if (any) return put_wide(at, size, width, PersonalKind::number, text);
        if (as_text(element.content) == text) {
            put(at, as_bytes(redactor_.sweep_in_place(text)));
        } else if (redactor_.sweep(text) != text || redactor_.finds_personal(element.content)) {
            put_wide(at, size, width, PersonalKind::number, text);
        }
    }

    /// What cannot be read as DER may still be read by eye, and nobody else reads it. Its first octets say why it
    /// breaks here and stay; octets of FF are no length that could be read.
    void blank_from(std::size_t from, std::size_t end) {
        std::size_t at = from;
        if ((original_[at] & 0x1FU) == 0x1FU) {  // X.690 8.1.2.4: a long identifier
            while (at + 1 < end && (original_[at + 1] & 0x80U) != 0) ++at;
            ++at;
        }
        for (at += 2; at < end; ++at) masked_[at] = 0xFF;
    }

    void put(std::size_t at, ByteView octets) {
        std::copy(octets.begin(), octets.end(), masked_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    void put_alias(const Element& element, PersonalKind kind) {
        put(element.content_offset(),
            as_bytes(redactor_.alias(kind, as_text(element.content), element.content.size())));
    }
    /// In characters of `width` octets, most significant first.
    void put_wide(std::size_t at, std::size_t size, std::size_t width, PersonalKind kind, std::string_view value) {
        const std::string narrow = redactor_.alias(kind, value, size / width);
        Bytes wide(size, 0);
        for (std::size_t i = 0; i < narrow.size(); ++i)
            wide[i * width + width - 1] = static_cast<std::uint8_t>(narrow[i]);
        put(at, wide);
    }

    ByteView original_;
    Bytes masked_;
    const std::set<std::string>& persons_;
    Redactor& redactor_;
    Masking masking_ = Masking::nothing;
};

}  // namespace

Bytes redacted_der(ByteView content, const std::set<std::string>& persons, Redactor& redactor) {
    return Mask(content, persons, redactor).run();
}

}  // namespace scca::archive
