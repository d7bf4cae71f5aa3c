// SPDX-License-Identifier: Apache-2.0
#include "time_stamp_parts.hpp"

namespace seal_maker {
namespace {

constexpr std::string_view signed_data = "1.2.840.113549.1.7.2";
constexpr std::string_view tst_info = "1.2.840.113549.1.9.16.1.4";
constexpr std::string_view sm3_oid = "1.2.156.10197.1.401";

}  // namespace

Bytes make_time_stamp(const TimeStampOrder& order) {
    const Bytes imprint = sequence({sequence({oid(order.digest_oid)}), octets(digest(order.digest_name, order.value))});
    const Bytes info = sequence({integer(1), oid("1.2.3.4.1"), imprint, integer(77), generalized_time(order.time)});
    const Bytes attributes = joined({sequence({oid("1.2.840.113549.1.9.3"), set({oid(tst_info)})}),
                                     sequence({oid("1.2.840.113549.1.9.4"), set({octets(digest("SM3", info))})})});
    const Holder& signer = order.forger == nullptr ? *order.authority : *order.forger;
    const Bytes sm3 = sequence({oid(sm3_oid)});
    const Bytes signer_info = sequence(
        {integer(1), sequence({order.authority->issuer, integer(order.authority->serial)}), sm3, tagged(0, attributes),
         sequence({oid("1.2.156.10197.1.501")}), octets(sign(signer, tlv(0x31, attributes)))});
    const Bytes certificates = order.with_certificate ? tagged(0, order.authority->certificate) : Bytes{};
    const Bytes body = sequence(
        {integer(3), set({sm3}), sequence({oid(tst_info), tagged(0, octets(info))}), certificates, set({signer_info})});
    return sequence({oid(signed_data), tagged(0, body)});
}

}  // namespace seal_maker
