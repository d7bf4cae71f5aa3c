// SPDX-License-Identifier: Apache-2.0
#include "field_values.hpp"
#include "revocation_parts.hpp"

#include "scca/pki/container.hpp"

#include <array>

namespace scca::pki {
namespace {

using der::Tag;

constexpr std::size_t max_singles = 1024;
constexpr std::size_t max_certificates = 16;
constexpr std::uint8_t enumerated = 0x0A;

/// CertID (RFC 6960 4.1.1)
void read_certificate_id(Fields fields, OcspSingle& single) {
    constexpr std::string_view field = "OCSPResponse.tbsResponseData.responses.certID";
    single.digest_oid = need_algorithm(fields, field);
    single.issuer_name_digest = need_octets(fields, field);
    single.issuer_key_digest = need_octets(fields, field);
    if (const auto serial = fields.need(Tag::integer, field)) single.serial = to_hex(serial->content);
}

/// CertStatus: good [0], revoked [1] RevokedInfo, unknown [2]; anything else says nothing.
void read_status(const der::Element& element, const Fields& parent, OcspSingle& single) {
    constexpr std::string_view field = "OCSPResponse.tbsResponseData.responses.certStatus";
    constexpr std::uint8_t good = 0x80;
    if (element.tag == good) single.status = OcspStatus::good;
    if (!element.is(Tag::context_1)) return;
    single.status = OcspStatus::revoked;
    Fields info = parent.enter(element);
    single.revocation.at = need_time(info, field);
    if (const auto reason = info.accept(Tag::context_0, field)) {
        Fields wrapped = info.enter(*reason);
        single.revocation.reason = enumerated_of(wrapped, field);
    }
}

OcspSingle read_single(Fields fields) {
    constexpr std::string_view field = "OCSPResponse.tbsResponseData.responses";
    OcspSingle single;
    if (const auto id = fields.need(Tag::sequence, field)) read_certificate_id(fields.enter(*id), single);
    if (const auto status = fields.any(field)) read_status(*status, fields, single);
    single.this_update = need_time(fields, "OCSPResponse.tbsResponseData.responses.thisUpdate");
    if (const auto next = fields.accept(Tag::context_0, field)) {
        Fields wrapped = fields.enter(*next);
        single.next_update = need_time(wrapped, "OCSPResponse.tbsResponseData.responses.nextUpdate");
    }
    return single;
}

/// ResponseData (RFC 6960 4.2.1)
void read_tbs(Fields fields, OcspAnswer& answer) {
    fields.accept(Tag::context_0, "OCSPResponse.tbsResponseData.version");
    static_cast<void>(fields.any("OCSPResponse.tbsResponseData.responderID"));
    answer.produced_at = need_time(fields, "OCSPResponse.tbsResponseData.producedAt");
    constexpr std::string_view field = "OCSPResponse.tbsResponseData.responses";
    const auto list = fields.need(Tag::sequence, field);
    if (!list) return;
    Fields singles = fields.enter(*list);
    while (singles.more() && answer.singles.size() < max_singles) {
        if (const auto single = singles.need(Tag::sequence, field)) {
            answer.singles.push_back(read_single(singles.enter(*single)));
        }
    }
}

/// BasicOCSPResponse
void read_basic(Fields fields, OcspAnswer& answer) {
    constexpr std::string_view field = "OCSPResponse.tbsResponseData";
    if (const auto tbs = fields.need(Tag::sequence, field)) {
        answer.der.assign(tbs->whole.begin(), tbs->whole.end());
        read_tbs(fields.enter(*tbs), answer);
    }
    answer.signature_oid = need_algorithm(fields, "OCSPResponse.signatureAlgorithm");
    answer.signature = need_bits(fields, "OCSPResponse.signature");
    constexpr std::string_view certificates_field = "OCSPResponse.certs";
    const auto wrapped = fields.accept(Tag::context_0, certificates_field);
    if (!wrapped) return;
    Fields inside = fields.enter(*wrapped);
    const auto list = inside.need(Tag::sequence, certificates_field);
    if (!list) return;
    Fields certificates = inside.enter(*list);
    while (certificates.more() && answer.certificates.size() < max_certificates) {
        const auto one = certificates.need(Tag::sequence, certificates_field);
        if (one) answer.certificates.emplace_back(one->whole.begin(), one->whole.end());
    }
}

/// responseBytes [0] SEQUENCE { responseType, response }: only id-pkix-ocsp-basic has answers that are known here.
void read_bytes(Fields fields, OcspAnswer& answer) {
    constexpr std::string_view field = "OCSPResponse.responseBytes";
    constexpr std::string_view basic = "\x2B\x06\x01\x05\x05\x07\x30\x01\x01";  // 1.3.6.1.5.5.7.48.1.1
    const auto wrapped = fields.accept(Tag::context_0, field);
    if (!wrapped) return;
    Fields inside = fields.enter(*wrapped);
    const auto sequence = inside.need(Tag::sequence, field);
    if (!sequence) return;
    Fields parts = inside.enter(*sequence);
    const auto type = parts.need(Tag::oid, field);
    const auto octets = parts.need(Tag::octet_string, field);
    if (!type || !octets || octets->is_constructed()) return;
    if (as_text(type->content) != basic) return fields.note(field, type->offset, "another kind of answer");
    Fields response = parts.within(octets->content, octets->content_offset());
    if (const auto whole = response.need(Tag::sequence, field)) read_basic(response.enter(*whole), answer);
}

Result<OcspAnswer> parse_der(ByteView der) {
    const Fault refusal = der::damaged("OCSPResponse", 0, "no OCSP answer begins here");
    der::Element outer;
    der::Reader reader(der);
    if (reader.step(outer) != der::Break::none || !outer.is(Tag::sequence)) return refusal;
    if (reader.enter(outer).next_tag() != enumerated) return refusal;
    OcspAnswer answer;
    Defects defects(outer.end());
    Fields fields(reader.enter(outer), outer.end(), defects);
    answer.response_status = enumerated_of(fields, "OCSPResponse.responseStatus").value_or(-1);
    read_bytes(fields, answer);
    answer.is_cut = outer.cut;
    if (outer.cut) defects.note_end("OCSPResponse", outer.end(), "the input ends within it");
    answer.defects = defects.take();
    return answer;
}

}  // namespace

std::string_view name_of_response_status(std::int64_t status) noexcept {
    constexpr std::array<std::string_view, 7> names{"successful", "malformedRequest", "internalError", "tryLater",
                                                    "",           "sigRequired",      "unauthorized"};
    return status >= 0 && status < static_cast<std::int64_t>(names.size()) ? names[static_cast<std::size_t>(status)]
                                                                           : std::string_view{};
}

Result<OcspAnswer> parse_ocsp_answer(ByteView content) {
    if (content.empty() || content.front() == static_cast<std::uint8_t>(Tag::sequence)) return parse_der(content);
    const auto octets = parse_base64(content);
    return parse_der(octets ? ByteView(*octets) : content);
}

}  // namespace scca::pki
