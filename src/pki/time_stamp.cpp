// SPDX-License-Identifier: Apache-2.0
//
// TSTInfo ::= SEQUENCE { version INTEGER, policy OBJECT IDENTIFIER, messageImprint SEQUENCE { hashAlgorithm,
// hashedMessage OCTET STRING }, serialNumber INTEGER, genTime GeneralizedTime, … } (RFC 3161 2.4.2)
#include "scca/pki/time_stamp.hpp"

#include "field_values.hpp"

namespace scca::pki {
namespace {

using der::Tag;

/// TimeStampResp (RFC 3161 2.4.2) is SEQUENCE { status SEQUENCE, timeStampToken }; some keep the whole answer.
ByteView token_inside(ByteView octets) {
    der::Reader reader(octets);
    der::Element outer;
    if (reader.step(outer) != der::Break::none || !outer.is(Tag::sequence)) return octets;
    der::Reader parts = reader.enter(outer);
    der::Element part;
    if (!parts.next_is(Tag::sequence) || parts.step(part) != der::Break::none) return octets;
    return parts.step(part) == der::Break::none ? part.whole : octets;
}

void read_info(Fields fields, TimeStamp& made) {
    static_cast<void>(need_integer(fields, "TSTInfo.version"));
    static_cast<void>(fields.need(Tag::oid, "TSTInfo.policy"));
    if (const auto imprint = fields.need(Tag::sequence, "TSTInfo.messageImprint")) {
        Fields inside = fields.enter(*imprint);
        made.digest_oid = need_algorithm(inside, "TSTInfo.messageImprint.hashAlgorithm");
        made.imprint = need_octets(inside, "TSTInfo.messageImprint.hashedMessage");
    }
    static_cast<void>(fields.need(Tag::integer, "TSTInfo.serialNumber"));
    made.time = need_time(fields, "TSTInfo.genTime");
}

}  // namespace

Result<TimeStamp> parse_time_stamp(ByteView token) {
    auto signed_data = parse_signed_data(token_inside(token));
    if (!signed_data) return der::damaged("TimeStampToken", 0, "no time stamp begins here");
    TimeStamp made;
    made.signed_data = std::move(*signed_data);
    made.defects = made.signed_data.defects;
    if (!made.signed_data.content) return der::damaged("TSTInfo", 0, "there is none");
    const Bytes& content = *made.signed_data.content;
    Defects defects(content.size());
    Fields whole(der::Reader(content), content.size(), defects);
    if (const auto info = whole.need(Tag::sequence, "TSTInfo")) read_info(whole.enter(*info), made);
    for (Fault& defect : defects.take()) made.defects.push_back(std::move(defect));
    return made;
}

std::optional<Moment> find_stamped_time(ByteView token) {
    const auto made = parse_time_stamp(token);
    return made ? made->time : std::nullopt;
}

}  // namespace scca::pki
