// SPDX-License-Identifier: Apache-2.0
#include "certificate_parts.hpp"
#include "values.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

using der::Tag;

/// Bounds on what a certificate may make this program keep.
constexpr std::size_t max_extensions = 256;
constexpr std::size_t max_list = 64;

/// [n] in its primitive and constructed forms (X.690 8.1.2).
constexpr std::uint8_t primitive_context(std::uint8_t number) { return static_cast<std::uint8_t>(0x80U | number); }

/// RFC 5280 4.2.1.3: digitalSignature is the first bit, which BIT STRING writes highest.
void read_key_usage(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.keyUsage";
    const auto bits = value.need(Tag::bit_string, field);
    if (!bits) return;
    std::uint16_t usage = 0;
    for (std::size_t i = 0; i < 9 && i / 8 + 1 < bits->content.size(); ++i) {
        if ((bits->content[i / 8 + 1] >> (7U - i % 8U)) & 1U) usage = static_cast<std::uint16_t>(usage | (1U << i));
    }
    certificate.key_usage = usage;
}

/// RFC 5280 4.2.1.9. An empty one says cA FALSE.
void read_basic_constraints(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.basicConstraints";
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields fields = value.enter(*sequence);
    const auto flag = fields.accept(Tag::boolean, field);
    certificate.is_ca = flag && !flag->content.empty() && flag->content.front() != 0;
    const auto length = fields.accept(Tag::integer, field);
    if (!length) return;
    const auto number = small_integer(length->content);
    if (number && *number >= 0 && *number <= INT32_MAX) {
        certificate.path_length = static_cast<std::uint32_t>(*number);
    } else {
        fields.note(field, length->offset, "pathLenConstraint is no length");
    }
}

void read_extended_key_usage(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.extKeyUsage";
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields list = value.enter(*sequence);
    while (list.more() && certificate.extended_key_usage.size() < max_list) {
        const auto oid = list.need(Tag::oid, field);
        if (!oid) continue;
        if (auto text = oid_text(oid->content)) certificate.extended_key_usage.push_back(std::move(*text));
    }
}

void read_subject_key_id(Fields value, Certificate& certificate) {
    const auto octets = value.need(Tag::octet_string, "Certificate.tbsCertificate.extensions.subjectKeyIdentifier");
    if (octets) certificate.subject_key_id.assign(octets->content.begin(), octets->content.end());
}

void read_authority_key_id(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.authorityKeyIdentifier";
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields fields = value.enter(*sequence);
    if (!fields.next_is(primitive_context(0))) return;
    if (const auto id = fields.any(field)) certificate.authority_key_id.assign(id->content.begin(), id->content.end());
}

/// GeneralNames (RFC 5280 4.2.1.6): the uniformResourceIdentifiers of them, [6].
void read_urls(Fields names, std::string_view field, std::vector<std::string>& urls) {
    while (names.more() && urls.size() < max_list) {
        const bool is_url = names.next_is(primitive_context(6));
        const auto name = names.any(field);
        if (name && is_url) urls.emplace_back(as_text(name->content));
    }
}

/// RFC 5280 4.2.1.13: DistributionPoint ::= SEQUENCE { distributionPoint [0] { fullName [0] GeneralNames … } … }
void read_crl_points(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.cRLDistributionPoints";
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields points = value.enter(*sequence);
    while (points.more() && certificate.crl_urls.size() < max_list) {
        const auto point = points.need(Tag::sequence, field);
        if (!point) continue;
        Fields fields = points.enter(*point);
        const auto name = fields.accept(Tag::context_0, field);
        if (!name) continue;
        Fields choice = fields.enter(*name);
        if (const auto full = choice.accept(Tag::context_0, field)) {
            read_urls(choice.enter(*full), field, certificate.crl_urls);
        }
    }
}

/// RFC 5280 4.2.2.1
void read_authority_access(Fields value, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions.authorityInfoAccess";
    constexpr std::string_view ocsp = "\x2B\x06\x01\x05\x05\x07\x30\x01";        // 1.3.6.1.5.5.7.48.1
    constexpr std::string_view ca_issuers = "\x2B\x06\x01\x05\x05\x07\x30\x02";  // 1.3.6.1.5.5.7.48.2
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields list = value.enter(*sequence);
    while (list.more()) {
        const auto description = list.need(Tag::sequence, field);
        if (!description) continue;
        Fields fields = list.enter(*description);
        const auto method = fields.need(Tag::oid, field);
        if (!method) continue;
        if (as_text(method->content) == ocsp) read_urls(fields, field, certificate.ocsp_urls);
        if (as_text(method->content) == ca_issuers) read_urls(fields, field, certificate.issuer_urls);
    }
}

void note_name_constraints(Fields, Certificate& certificate) { certificate.limits_names = true; }

/// Those that are not read and change no verdict of ours: other names, policies, and numbers of the holder as Chinese
/// CAs write them (GM/T 0015) and Sichuan CA does.
bool is_harmless(std::string_view oid) {
    constexpr std::array<std::string_view, 11> known{
        "2.5.29.9",  "2.5.29.16", "2.5.29.17",         "2.5.29.18",          "2.5.29.32", "2.5.29.33",
        "2.5.29.46", "2.5.29.54", "1.3.6.1.5.5.7.1.3", "1.3.6.1.5.5.7.1.11", "2.5.29.1"};
    constexpr std::array<std::string_view, 3> below{"1.2.156.10260.4.1.", "1.2.156.112646.", "2.16.840.1.113730.1."};
    const auto begins = [&](std::string_view arc) { return oid.starts_with(arc); };
    return std::find(known.begin(), known.end(), oid) != known.end() || std::any_of(below.begin(), below.end(), begins);
}

void note_critical(ByteView oid, Certificate& certificate) {
    auto text = oid_text(oid);
    if (!text || is_harmless(*text) || certificate.unknown_critical.size() >= max_list) return;
    certificate.unknown_critical.push_back(std::move(*text));
}

using ReadExtension = void (*)(Fields, Certificate&);

/// The extensions under id-ce (2.5.29) and id-pe that are read.
ReadExtension reader_of(std::string_view oid) noexcept {
    if (oid == "\x2B\x06\x01\x05\x05\x07\x01\x01") return read_authority_access;  // 1.3.6.1.5.5.7.1.1
    if (oid.size() != 3 || oid.substr(0, 2) != "\x55\x1D") return nullptr;
    switch (oid[2]) {
        case 14: return read_subject_key_id;
        case 15: return read_key_usage;
        case 19: return read_basic_constraints;
        case 30: return note_name_constraints;
        case 31: return read_crl_points;
        case 35: return read_authority_key_id;
        case 37: return read_extended_key_usage;
        default: return nullptr;
    }
}

}  // namespace

void read_extensions(Fields list, Certificate& certificate) {
    constexpr std::string_view field = "Certificate.tbsCertificate.extensions";
    for (std::size_t count = 0; list.more(); ++count) {
        if (count == max_extensions) return list.note(field, list.offset(), "too many extensions");
        const auto extension = list.need(Tag::sequence, field);
        if (!extension) continue;
        Fields fields = list.enter(*extension);
        const auto oid = fields.need(Tag::oid, field);
        const auto critical = fields.accept(Tag::boolean, field);
        const auto value = fields.need(Tag::octet_string, field);
        if (!oid || !value) continue;
        const ReadExtension read = reader_of(as_text(oid->content));
        if (read == nullptr && critical && !critical->content.empty() && critical->content.front() != 0) {
            note_critical(oid->content, certificate);
        }
        if (read == nullptr) continue;
        if (!value->is_constructed()) {
            read(fields.within(value->content, value->content_offset()), certificate);
        } else if (const auto joined = der::string_octets(*value)) {
            // Offsets in a value that came in segments are near, not exact.
            read(fields.within(*joined, value->content_offset()), certificate);
        } else {
            fields.note(field, value->offset, "its segments cannot be read");
        }
    }
}

}  // namespace scca::pki
