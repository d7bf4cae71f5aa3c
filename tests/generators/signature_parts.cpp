// SPDX-License-Identifier: Apache-2.0
#include "signature_parts.hpp"

namespace seal_maker {
namespace {

constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";
constexpr std::string_view sm3_oid = "1.2.156.10197.1.401";
constexpr std::string_view gm_data = "1.2.156.10197.6.1.4.2.1";
constexpr std::string_view gm_signed_data = "1.2.156.10197.6.1.4.2.2";

Bytes time_info(const SesOrder& order) {
    if (order.generation != Generation::v1 && order.generation != Generation::v3) return generalized_time(order.time);
    switch (order.time_form) {
        case TimeForm::standard: break;
        case TimeForm::text_in_bits: return bits(bytes_of(order.time));
        case TimeForm::octet_string: return octets(utc_time(order.time));
    }
    return bits(utc_time(order.time));
}

Bytes attributes_of(const SignedDataOrder& order) {
    return joined({sequence({oid("1.2.840.113549.1.9.3"), set({oid(gm_data)})}),
                   sequence({oid("1.2.840.113549.1.9.5"), set({utc_time(order.time)})}),
                   sequence({oid("1.2.840.113549.1.9.4"), set({octets(digest("SM3", order.signature_xml))})})});
}

}  // namespace

Bytes make_ses_signature(const SesOrder& order) {
    const bool old = order.generation == Generation::v1 || order.generation == Generation::v3;
    const std::int64_t version = order.version.value_or(static_cast<std::int64_t>(order.generation));
    const Bytes certificate = octets(order.signer->certificate);
    const Bytes algorithm = oid(sm2_with_sm3);
    const Bytes tail = old ? joined({certificate, algorithm}) : Bytes{};
    const Bytes covered =
        sequence({integer(version), order.seal, time_info(order), bits(order.data_hash), ia5(order.property), tail});
    const Holder& signer = order.forger == nullptr ? *order.signer : *order.forger;
    const Bytes value = order.digest_directly ? sign_digest(signer, order.data_hash)
                                              : sign(signer, covered, order.encoding, order.signer_id);
    const Bytes signature = bits(value);
    if (old) return sequence({covered, signature});
    const Bytes stamp = order.stamp ? tagged(0, bits(order.stamp(value))) : Bytes{};
    return sequence({covered, certificate, algorithm, signature, stamp});
}

Bytes make_signed_data(const SignedDataOrder& order) {
    const Bytes hash = digest("SM3", order.signature_xml);
    const Bytes sm3 = sequence({oid(sm3_oid)});
    const bool direct = order.content == SignedContent::digest_as_content;
    const Bytes attributes = order.content == SignedContent::attributes ? attributes_of(order) : Bytes{};
    const Bytes covered = !attributes.empty() ? tlv(0x31, attributes) : direct ? hash : order.signature_xml;
    const Bytes issuer = sequence({order.signer->issuer, integer(order.signer->serial)});
    const Bytes signer_info =
        sequence({integer(1), issuer, sm3, attributes.empty() ? Bytes{} : tagged(0, attributes),
                  sequence({oid("1.2.156.10197.1.301.1")}), octets(sign(*order.signer, covered, order.encoding))});
    const Bytes content = direct ? sequence({oid(gm_data), tagged(0, octets(hash))}) : sequence({oid(gm_data)});
    const Bytes certificates = order.with_certificate ? tagged(0, order.signer->certificate) : Bytes{};
    const Bytes body = sequence({integer(1), set({sm3}), content, certificates, set({signer_info})});
    return sequence({oid(gm_signed_data), tagged(0, body)});
}

}  // namespace seal_maker
