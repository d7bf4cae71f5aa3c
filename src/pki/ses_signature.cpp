// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/ses_signature.hpp"

#include "field_values.hpp"
#include "scca/pki/seal.hpp"
#include "scca/pki/time_stamp.hpp"
#include "values.hpp"

#include <array>
#include <string_view>

namespace scca::pki {
namespace {

using der::Tag;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// "20211014033404Z" and "2020-01-25T07:31:56.377Z", both seen where a time belongs: the digits alone, up to the
/// second.
std::optional<Moment> time_of_text(std::string_view text) {
    constexpr std::size_t wanted = 14;
    std::array<int, wanted> digits{};
    std::size_t count = 0;
    for (const char c : text) {
        if (count == wanted) break;
        if (is_digit(c)) {
            digits[count++] = c - '0';
        } else if (std::string_view("-:T ").find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    if (count != wanted) return std::nullopt;
    const auto pair = [&](std::size_t at) { return static_cast<unsigned>(digits[at] * 10 + digits[at + 1]); };
    return moment_of(static_cast<int>(pair(0) * 100 + pair(2)), pair(4), pair(6), pair(8), pair(10), pair(12));
}

/// V1 timeInfo: in a BIT STRING (one vendor: an OCTET STRING) a time, a token, or plain characters.
void read_wrapped_time(ByteView octets, SesSignature& made) {
    der::Reader reader(octets);
    der::Element element;
    if (reader.step(element) == der::Break::none && !element.cut &&
        (element.is(Tag::utc_time) || element.is(Tag::generalized_time))) {
        made.signed_at = time_of(element).moment;
        if (made.signed_at) return;
    }
    made.signed_at = find_stamped_time(octets);
    made.time_is_stamp = made.signed_at.has_value();
    if (made.signed_at) return;
    made.signed_at = time_of_text(as_text(octets));
    made.time_is_text = made.signed_at.has_value();
}

void read_time(Fields& fields, SesSignature& made) {
    constexpr std::string_view field = "SES_Signature.toSign.timeInfo";
    if (fields.next_is(Tag::generalized_time) || fields.next_is(Tag::utc_time)) {
        made.signed_at = need_time(fields, field);
        return;
    }
    const std::size_t offset = fields.offset();
    const bool in_octets = fields.next_is(Tag::octet_string);
    read_wrapped_time(in_octets ? need_octets(fields, field) : need_bits(fields, field), made);
    if (!made.signed_at) fields.note(field, offset, "no time in it");
}

/// TBS_Sign. In V1 and V3 the signer's certificate and algorithm are its last fields.
void read_to_sign(Fields fields, SesSignature& made) {
    made.version = need_integer(fields, "SES_Signature.toSign.version");
    if (const auto seal = fields.need(Tag::sequence, "SES_Signature.toSign.eseal")) {
        made.seal.assign(seal->whole.begin(), seal->whole.end());
    }
    read_time(fields, made);
    constexpr std::string_view hash = "SES_Signature.toSign.dataHash";
    made.data_hash = fields.next_is(Tag::octet_string) ? need_octets(fields, hash) : need_bits(fields, hash);
    made.property = need_text(fields, "SES_Signature.toSign.propertyInfo");
    if (!fields.next_is(Tag::octet_string)) return;
    made.signer_is_signed = true;
    made.signer_certificate = need_octets(fields, "SES_Signature.toSign.cert");
    made.signature_oid = need_algorithm(fields, "SES_Signature.toSign.signatureAlgorithm");
}

void read_outside(Fields& fields, SesSignature& made) {
    if (!made.signer_is_signed) {
        made.signer_certificate = need_octets(fields, "SES_Signature.cert");
        made.signature_oid = need_algorithm(fields, "SES_Signature.signatureAlgID");
    }
    made.signature = need_bits(fields, "SES_Signature.signature");
    constexpr std::string_view field = "SES_Signature.timeStamp";
    if (const auto stamp = fields.accept(Tag::context_0, field)) {
        Fields wrapped = fields.enter(*stamp);
        made.time_stamp = need_bits(wrapped, field);
    }
}

}  // namespace

bool looks_like_ses_signature(ByteView content) noexcept {
    der::Reader reader(content);
    der::Element outer;
    der::Element to_sign;
    der::Element version;
    der::Element seal;
    if (reader.step(outer) != der::Break::none || !outer.is(Tag::sequence)) return false;
    der::Reader inside = reader.enter(outer);
    if (inside.step(to_sign) != der::Break::none || !to_sign.is(Tag::sequence)) return false;
    der::Reader fields = inside.enter(to_sign);
    if (fields.step(version) != der::Break::none || !version.is(Tag::integer)) return false;
    return fields.step(seal) == der::Break::none && looks_like_seal(seal.whole);
}

Result<SesSignature> parse_ses_signature(ByteView content) {
    if (!looks_like_ses_signature(content)) return der::damaged("SES_Signature", 0, "no seal signature begins here");
    der::Reader reader(content);
    der::Element outer;
    static_cast<void>(reader.step(outer));  // it was there a moment ago
    SesSignature made;
    Defects defects(outer.end());
    Fields fields(reader.enter(outer), outer.end(), defects);
    if (const auto to_sign = fields.need(Tag::sequence, "SES_Signature.toSign")) {
        if (!to_sign->cut) made.signed_bytes.assign(to_sign->whole.begin(), to_sign->whole.end());
        read_to_sign(fields.enter(*to_sign), made);
        if (!to_sign->cut) read_outside(fields, made);
    }
    if (outer.cut) defects.note_end("SES_Signature", outer.end(), "the input ends within it");
    made.defects = defects.take();
    return made;
}

}  // namespace scca::pki
