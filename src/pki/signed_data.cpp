// SPDX-License-Identifier: Apache-2.0
//
// ContentInfo { contentType, [0] SignedData { version, digestAlgorithms, contentInfo, [0] certificates, [1] crls,
// signerInfos } } (RFC 2315 9.1; GB/T 35275 clause 8 has the same shape under its own identifiers).
#include "scca/pki/signed_data.hpp"

#include "field_values.hpp"
#include "scca/pki/certificate.hpp"
#include "values.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace scca::pki {
namespace {

using der::Tag;

constexpr std::size_t max_certificates = 64;
constexpr std::string_view message_digest_oid = "1.2.840.113549.1.9.4";
constexpr std::string_view signing_time_oid = "1.2.840.113549.1.9.5";

bool is_signed_data(ByteView oid) {
    constexpr std::array<std::string_view, 2> known{"1.2.156.10197.6.1.4.2.2", "1.2.840.113549.1.7.2"};
    const auto text = oid_text(oid);
    return text && std::find(known.begin(), known.end(), *text) != known.end();
}

void read_content(Fields fields, SignedData& made) {
    static_cast<void>(need_algorithm(fields, "SignedData.contentInfo.contentType"));
    constexpr std::string_view field = "SignedData.contentInfo.content";
    const auto wrapped = fields.accept(Tag::context_0, field);
    if (!wrapped) return;
    Fields inside = fields.enter(*wrapped);
    if (inside.next_is(Tag::octet_string)) {
        made.content = need_octets(inside, field);
    } else if (const auto other = inside.any(field)) {
        made.content.emplace(other->whole.begin(), other->whole.end());
    }
}

void read_certificates(Fields list, SignedData& made) {
    constexpr std::string_view field = "SignedData.certificates";
    while (list.more()) {
        if (made.certificates.size() == max_certificates) return list.note(field, list.offset(), "too many");
        const auto one = list.any(field);
        if (one && one->is(Tag::sequence)) made.certificates.emplace_back(one->whole.begin(), one->whole.end());
    }
}

void read_attributes(Fields list, SignedData& made) {
    constexpr std::string_view field = "SignerInfo.authenticatedAttributes";
    while (list.more()) {
        const auto attribute = list.need(Tag::sequence, field);
        if (!attribute) continue;
        Fields parts = list.enter(*attribute);
        const std::string type = need_algorithm(parts, field);
        const auto values = parts.need(Tag::set, field);
        if (!values) continue;
        Fields inside = parts.enter(*values);
        if (type == message_digest_oid) made.message_digest = need_octets(inside, "messageDigest");
        if (type == signing_time_oid) made.signing_time = need_time(inside, "signingTime");
    }
}

/// What names the signer's certificate: its issuer and serial number, or its key.
struct SignerName {
    Bytes issuer;
    std::string serial;  ///< as Certificate::serial
    Bytes key_id;
};

SignerName read_signer_name(Fields& fields) {
    constexpr std::string_view field = "SignerInfo.issuerAndSerialNumber";
    SignerName name;
    if (const auto key_id = fields.accept(Tag{0x80}, field)) {  // [0] IMPLICIT SubjectKeyIdentifier
        name.key_id.assign(key_id->content.begin(), key_id->content.end());
        return name;
    }
    const auto both = fields.need(Tag::sequence, field);
    if (!both) return name;
    Fields inside = fields.enter(*both);
    if (const auto issuer = inside.need(Tag::sequence, field)) {
        name.issuer.assign(issuer->whole.begin(), issuer->whole.end());
    }
    if (const auto serial = inside.need(Tag::integer, field)) name.serial = to_hex(serial->content);
    return name;
}

void find_signer(const SignerName& name, SignedData& made) {
    if (made.certificates.size() == 1) {
        made.signer_certificate = made.certificates.front();
        return;
    }
    for (const Bytes& der : made.certificates) {
        const auto parsed = parse_certificate(der);
        if (!parsed) continue;
        const bool by_issuer =
            !name.issuer.empty() && parsed->issuer.der == name.issuer && parsed->serial == name.serial;
        const bool by_key = !name.key_id.empty() && parsed->subject_key_id == name.key_id;
        if (!by_issuer && !by_key) continue;
        made.signer_certificate = der;
        return;
    }
}

void read_signer(Fields fields, SignedData& made) {
    static_cast<void>(need_integer(fields, "SignerInfo.version"));
    const SignerName name = read_signer_name(fields);
    made.digest_oid = need_algorithm(fields, "SignerInfo.digestAlgorithm");
    if (const auto attributes = fields.accept(Tag::context_0, "SignerInfo.authenticatedAttributes")) {
        made.attributes = der::wrap(Tag::set, attributes->content);
        read_attributes(fields.enter(*attributes), made);
    }
    made.signature_oid = need_algorithm(fields, "SignerInfo.digestEncryptionAlgorithm");
    made.signature = need_octets(fields, "SignerInfo.encryptedDigest");
    find_signer(name, made);
}

void read_signed_data(Fields fields, SignedData& made) {
    static_cast<void>(need_integer(fields, "SignedData.version"));
    static_cast<void>(fields.need(Tag::set, "SignedData.digestAlgorithms"));
    if (const auto content = fields.need(Tag::sequence, "SignedData.contentInfo")) {
        read_content(fields.enter(*content), made);
    }
    if (const auto list = fields.accept(Tag::context_0, "SignedData.certificates")) {
        read_certificates(fields.enter(*list), made);
    }
    static_cast<void>(fields.accept(Tag::context_1, "SignedData.crls"));
    constexpr std::string_view field = "SignedData.signerInfos";
    const auto signers = fields.need(Tag::set, field);
    if (!signers) return;
    Fields inside = fields.enter(*signers);
    if (const auto first = inside.need(Tag::sequence, field)) read_signer(inside.enter(*first), made);
}

}  // namespace

bool looks_like_signed_data(ByteView content) noexcept {
    der::Reader reader(content);
    der::Element outer;
    der::Element type;
    if (reader.step(outer) != der::Break::none || !outer.is(Tag::sequence)) return false;
    der::Reader inside = reader.enter(outer);
    return inside.step(type) == der::Break::none && type.is(Tag::oid) && is_signed_data(type.content);
}

Result<SignedData> parse_signed_data(ByteView content) {
    if (!looks_like_signed_data(content)) return der::damaged("ContentInfo", 0, "no SignedData begins here");
    der::Reader reader(content);
    der::Element outer;
    static_cast<void>(reader.step(outer));  // it was there a moment ago
    SignedData made;
    Defects defects(outer.end());
    Fields fields(reader.enter(outer), outer.end(), defects);
    static_cast<void>(fields.need(Tag::oid, "ContentInfo.contentType"));
    if (const auto wrapped = fields.need(Tag::context_0, "ContentInfo.content")) {
        Fields inside = fields.enter(*wrapped);
        const auto data = inside.need(Tag::sequence, "SignedData");
        if (data) read_signed_data(inside.enter(*data), made);
    }
    if (outer.cut) defects.note_end("ContentInfo", outer.end(), "the input ends within it");
    made.defects = defects.take();
    return made;
}

}  // namespace scca::pki
