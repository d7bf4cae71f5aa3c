// SPDX-License-Identifier: Apache-2.0
#include "seal_info.hpp"

#include "field_values.hpp"
#include "values.hpp"

namespace scca::pki {
namespace {

using der::Tag;

/// No seal has so many holders; a longer list is somebody's attack on the memory.
constexpr std::size_t max_signers = 4096;

void read_header(Fields fields, Seal& seal) {
    static_cast<void>(need_text(fields, "SESeal.eSealInfo.header.ID"));
    seal.version = need_integer(fields, "SESeal.eSealInfo.header.version");
    seal.vendor = need_text(fields, "SESeal.eSealInfo.header.Vid");
}

/// CertDigestObj, or a certificate that was not put into an OCTET STRING.
SealSigner signer_of_sequence(const der::Element& sequence, Fields inside, std::string_view field) {
    SealSigner signer;
    if (inside.next_is(Tag::sequence)) {
        signer.certificate.assign(sequence.whole.begin(), sequence.whole.end());
        return signer;
    }
    signer.digest_type = inside.next_is(Tag::oid) ? need_algorithm(inside, field) : need_text(inside, field);
    signer.digest = need_octets(inside, field);
    return signer;
}

/// SES_CertList. What an entry is shows in its type; certListType is not relied on.
void read_signers(Fields list, Seal& seal) {
    constexpr std::string_view field = "SESeal.eSealInfo.property.certList";
    while (list.more()) {
        if (seal.signers.size() == max_signers) return list.note(field, list.offset(), "too many entries");
        if (list.next_is(Tag::octet_string)) {
            seal.signers.push_back({need_octets(list, field), {}, {}, {}});
        } else if (list.next_is(Tag::sequence)) {
            const auto sequence = list.need(Tag::sequence, field);
            if (sequence) seal.signers.push_back(signer_of_sequence(*sequence, list.enter(*sequence), field));
        } else {
            seal.signers.push_back({{}, {}, {}, need_text(list, field)});
        }
    }
}

void read_property(Fields fields, Seal& seal) {
    seal.type = need_integer(fields, "SESeal.eSealInfo.property.type");
    seal.name = need_text(fields, "SESeal.eSealInfo.property.name");
    if (fields.next_is(Tag::integer)) {
        seal.signer_list_type = need_integer(fields, "SESeal.eSealInfo.property.certListType");
    }
    if (const auto list = fields.need(Tag::sequence, "SESeal.eSealInfo.property.certList")) {
        read_signers(fields.enter(*list), seal);
    }
    seal.created = need_time(fields, "SESeal.eSealInfo.property.createDate");
    seal.valid_from = need_time(fields, "SESeal.eSealInfo.property.validStart");
    seal.valid_to = need_time(fields, "SESeal.eSealInfo.property.validEnd");
}

void read_picture(Fields fields, Seal& seal) {
    seal.picture.type = need_text(fields, "SESeal.eSealInfo.picture.type");
    seal.picture.content = need_octets(fields, "SESeal.eSealInfo.picture.data");
    seal.picture.width_mm = need_integer(fields, "SESeal.eSealInfo.picture.width");
    seal.picture.height_mm = need_integer(fields, "SESeal.eSealInfo.picture.height");
}

/// What follows the picture: in V3 certificate and algorithm, and in every generation extDatas, which nothing here
/// needs and which are found as a SEQUENCE, in [0] and in an OCTET STRING.
void read_rest(Fields& fields, Seal& seal) {
    constexpr std::string_view field = "SESeal.eSealInfo.extDatas";
    if (fields.next_is(Tag::octet_string)) {
        Bytes octets = need_octets(fields, "SESeal.eSealInfo.cert");
        if (fields.next_is(Tag::oid)) {
            seal.maker_certificate = std::move(octets);
            seal.signature_oid = need_algorithm(fields, "SESeal.eSealInfo.signatureAlgID");
        }
    }
    while (fields.more()) fields.any(field);
}

}  // namespace

void read_seal_info(Fields fields, Seal& seal) {
    if (const auto header = fields.need(Tag::sequence, "SESeal.eSealInfo.header")) {
        read_header(fields.enter(*header), seal);
    }
    seal.id = need_text(fields, "SESeal.eSealInfo.esID");
    if (const auto property = fields.need(Tag::sequence, "SESeal.eSealInfo.property")) {
        read_property(fields.enter(*property), seal);
    }
    if (const auto picture = fields.need(Tag::sequence, "SESeal.eSealInfo.picture")) {
        read_picture(fields.enter(*picture), seal);
    }
    read_rest(fields, seal);
}

}  // namespace scca::pki
