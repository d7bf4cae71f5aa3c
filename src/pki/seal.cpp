// SPDX-License-Identifier: Apache-2.0
//
// The whole of a seal: which generation it is, who signed it and over what. SES_SealInfo is read by seal_info.cpp.
#include "scca/pki/seal.hpp"

#include "field_values.hpp"
#include "scca/pki/refusal.hpp"
#include "seal_info.hpp"

#include <algorithm>

namespace scca::pki {
namespace {

using der::Tag;

/// The first element inside another, as far as it is there.
std::optional<der::Element> first_inside(const der::Reader& around, const der::Element& element) {
    der::Reader reader = around.enter(element);
    der::Element first;
    if (reader.step(first) != der::Break::none) return std::nullopt;
    return first;
}

/// BJCA's old seal is a C structure that begins with the letters ES: type, four reserved octets, a picture's format …;
/// unlike a text that begins so, it has NUL octets among the first.
bool looks_like_binary_seal(ByteView content) noexcept {
    constexpr std::size_t header = 64;
    if (content.size() < header || content[0] != 'E' || content[1] != 'S') return false;
    const ByteView front = content.first(header);
    return std::find(front.begin(), front.end(), 0) != front.end();
}

/// A seal that some program read as UTF-8 text and wrote again: every octet above 7F became EF BF BD.
bool looks_like_converted_seal(ByteView content) noexcept {
    constexpr std::size_t front_size = 64;
    const std::string_view front = as_text(content.first(std::min(front_size, content.size())));
    return front.starts_with('0') && front.find("\xEF\xBF\xBD") < 8 &&
           front.find(
               "\x16\x02"
               "ES\x02\x01") != std::string_view::npos;
}

Fault not_a_seal(ByteView content) {
    if (looks_like_binary_seal(content)) {
        return refused("SESeal", Refusal::binary_seal);
    }
    if (looks_like_converted_seal(content)) {
        return refused("SESeal", Refusal::converted_seal, 1);
    }
    return refused("SESeal", content.empty() ? Refusal::empty : Refusal::no_seal);
}

/// V1, GM/T 0031-2014: SES_SignInfo, and the signature covers SEQUENCE { sealInfo, cert, signatureAlgorithm }.
void read_v1(Fields fields, const der::Element& info, Seal& seal) {
    const std::size_t start = fields.offset();
    seal.maker_certificate = need_octets(fields, "SESeal.signInfo.cert");
    seal.signature_oid = need_algorithm(fields, "SESeal.signInfo.signatureAlgorithm");
    const std::size_t end = fields.offset();
    seal.signature = need_bits(fields, "SESeal.signInfo.signData");
    if (info.cut) return;
    Bytes covered(info.whole.begin(), info.whole.end());
    const ByteView signer = ByteView(seal.der).subspan(start, end - start);
    covered.insert(covered.end(), signer.begin(), signer.end());
    seal.signed_bytes = der::wrap(Tag::sequence, covered);
}

/// V4, GB/T 38540-2020, and V5, GM/T 0031-2025: flat, and the signature covers SES_SealInfo alone.
void read_v4(Fields& fields, Seal& seal) {
    seal.maker_certificate = need_octets(fields, "SESeal.cert");
    seal.signature_oid = need_algorithm(fields, "SESeal.signAlgID");
    seal.signature = need_bits(fields, "SESeal.signedValue");
    constexpr std::string_view field = "SESeal.timeStamp";
    if (const auto stamp = fields.accept(Tag::context_0, field)) {
        Fields wrapped = fields.enter(*stamp);
        seal.time_stamp = need_bits(wrapped, field);
        seal.generation = SealGeneration::v5;
    }
}

void read_signature(Fields& fields, const der::Element& info, Seal& seal) {
    if (!info.cut) seal.signed_bytes.assign(info.whole.begin(), info.whole.end());
    if (fields.next_is(Tag::sequence)) {
        seal.generation = SealGeneration::v1;
        const auto sign_info = fields.need(Tag::sequence, "SESeal.signInfo");
        if (sign_info) read_v1(fields.enter(*sign_info), info, seal);
    } else if (fields.next_is(Tag::bit_string)) {
        seal.generation = SealGeneration::v3;
        if (seal.maker_certificate.empty()) fields.note("SESeal.eSealInfo.cert", info.offset, "missing");
        seal.signature = need_bits(fields, "SESeal.signData");
    } else {
        seal.generation = seal.version >= 5 ? SealGeneration::v5 : SealGeneration::v4;
        read_v4(fields, seal);
    }
}

/// Only for a seal that was cut before its shape shows.
SealGeneration stated_generation(std::int64_t version) noexcept {
    if (version <= 2) return SealGeneration::v1;
    if (version == 3) return SealGeneration::v3;
    return version == 4 ? SealGeneration::v4 : SealGeneration::v5;
}

}  // namespace

std::string_view name_of(SealGeneration generation) noexcept {
    switch (generation) {
        case SealGeneration::v1: return "V1";
        case SealGeneration::v3: return "V3";
        case SealGeneration::v4: return "V4";
        case SealGeneration::v5: return "V5";
    }
    return "";
}

bool looks_like_seal(ByteView content) noexcept {
    der::Reader reader(content);
    der::Element seal;
    if (reader.step(seal) != der::Break::none || !seal.is(Tag::sequence)) return false;
    const auto info = first_inside(reader, seal);
    if (!info || !info->is(Tag::sequence)) return false;
    const auto header = first_inside(reader, *info);
    if (!header || !header->is(Tag::sequence)) return false;
    const auto id = first_inside(reader, *header);
    const bool text = id && (id->is(Tag::ia5_string) || id->is(Tag::printable_string) || id->is(Tag::utf8_string));
    return text && as_text(id->content) == "ES";
}

bool resembles_seal(ByteView content) noexcept {
    return looks_like_binary_seal(content) || looks_like_converted_seal(content);
}

Result<Seal> parse_seal(ByteView content) {
    if (!looks_like_seal(content)) return not_a_seal(content);
    der::Reader reader(content);
    der::Element outer;
    if (reader.step(outer) != der::Break::none) return not_a_seal(content);
    Seal seal;
    seal.der.assign(outer.whole.begin(), outer.whole.end());
    Defects defects(outer.end());
    Fields fields(reader.enter(outer), outer.end(), defects);
    if (const auto info = fields.need(Tag::sequence, "SESeal.eSealInfo")) {
        read_seal_info(fields.enter(*info), seal);
        seal.generation = stated_generation(seal.version);
        if (!info->cut) read_signature(fields, *info, seal);
    }
    if (outer.cut) defects.note_end("SESeal", outer.end(), "the input ends within it");
    seal.defects = defects.take();
    return seal;
}

}  // namespace scca::pki
