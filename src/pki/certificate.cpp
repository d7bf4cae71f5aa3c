// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/certificate.hpp"

#include "certificate_parts.hpp"
#include "field_values.hpp"

namespace scca::pki {
namespace {

using der::Tag;

/// Octets of a certificate's serial number; a negative one (RFC 5280 4.1.2.2 forbids it) is shown as it is written.
void read_serial(Fields& fields, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.serialNumber";
    const auto serial = fields.need(Tag::integer, field);
    if (!serial) return;
    if (serial->content.empty()) fields.note(field, serial->offset, "empty");
    certificate.serial = to_hex(serial->content);
}

/// RFC 5280 4.1.2
void read_tbs(Fields fields, Certificate& certificate) {
    fields.accept(Tag::context_0, "Certificate.tbsCertificate.version");
    read_serial(fields, certificate);
    fields.need(Tag::sequence, "Certificate.tbsCertificate.signature");
    constexpr std::string_view issuer_field = "Certificate.tbsCertificate.issuer";
    if (const auto name = fields.need(Tag::sequence, issuer_field)) {
        certificate.issuer = name_of(*name, fields, issuer_field);
    }
    if (const auto validity = fields.need(Tag::sequence, "Certificate.tbsCertificate.validity")) {
        Fields times = fields.enter(*validity);
        certificate.not_before = need_time(times, "Certificate.tbsCertificate.validity.notBefore");
        certificate.not_after = need_time(times, "Certificate.tbsCertificate.validity.notAfter");
    }
    constexpr std::string_view subject_field = "Certificate.tbsCertificate.subject";
    if (const auto name = fields.need(Tag::sequence, subject_field)) {
        certificate.subject = name_of(*name, fields, subject_field);
    }
    if (const auto key = fields.need(Tag::sequence, "Certificate.tbsCertificate.subjectPublicKeyInfo")) {
        certificate.public_key = public_key_of(*key, fields);
    }
    while (fields.more()) {
        constexpr std::string_view field = "Certificate.tbsCertificate.extensions";
        const auto optional = fields.any(field);
        // issuerUniqueID [1] and subjectUniqueID [2] say nothing here.
        if (!optional || !optional->is(Tag::context_3)) continue;
        Fields wrapped = fields.enter(*optional);
        if (const auto list = wrapped.need(Tag::sequence, field)) read_extensions(wrapped.enter(*list), certificate);
    }
}

bool says_nothing(const Certificate& certificate) noexcept {
    return certificate.serial.empty() && !certificate.not_before && !certificate.not_after &&
           certificate.public_key.type == PublicKeyType::other;
}

/// The outermost element; nothing when it is no SEQUENCE.
std::optional<der::Element> find_outer(ByteView der) {
    der::Element outer;
    const bool begins = der::Reader(der).step(outer) == der::Break::none && outer.is(Tag::sequence);
    return begins ? std::optional(outer) : std::nullopt;
}

Fault no_certificate() { return der::damaged("Certificate", 0, "no certificate begins here"); }

}  // namespace

Result<Certificate> parse_certificate(ByteView der) {
    const auto outer = find_outer(der);
    return outer ? take_certificate(Bytes(outer->whole.begin(), outer->whole.end())) : no_certificate();
}

Result<Certificate> take_certificate(Bytes octets) {
    Result<Certificate> result(std::in_place);
    Certificate& certificate = *result;
    certificate.der = std::move(octets);
    const ByteView der = certificate.der;
    const auto found = find_outer(der);
    if (!found) return no_certificate();
    const der::Element& outer = *found;
    certificate.der.resize(outer.whole.size());  // which moves no octet
    Defects defects(outer.end());
    Fields fields(der::Reader(der).enter(outer), outer.end(), defects);
    if (const auto tbs = fields.need(Tag::sequence, "Certificate.tbsCertificate")) {
        certificate.tbs_offset = tbs->offset;
        certificate.tbs_length = tbs->whole.size();
        read_tbs(fields.enter(*tbs), certificate);
    }
    certificate.signature_oid = need_algorithm(fields, "Certificate.signatureAlgorithm");
    certificate.signature = need_bits(fields, "Certificate.signatureValue");
    if (outer.cut) defects.note_end("Certificate", outer.end(), "the input ends within it");
    certificate.flaws = defects.take_flaws();
    certificate.defects = defects.take();
    if (says_nothing(certificate)) return certificate.defects.empty() ? no_certificate() : certificate.defects.front();
    return result;
}

}  // namespace scca::pki
