// SPDX-License-Identifier: Apache-2.0
//
// Subject public keys. SM2 goes by several names: the standard's (GM/T 0015: id-ecPublicKey with the curve
// 1.2.156.10197.1.301), the bare SM2 identifiers as the algorithm, and the curve spelt out in full.
#include "certificate_parts.hpp"
#include "sm2_curve.hpp"
#include "values.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace scca::pki {
namespace {

using der::Tag;
constexpr std::string_view field = "Certificate.tbsCertificate.subjectPublicKeyInfo";

bool equal(ByteView a, ByteView b) noexcept { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool is_sm2_oid(ByteView oid) noexcept {
    constexpr std::string_view arc = "\x2A\x81\x1C\xCF\x55\x01\x82\x2D";  // 1.2.156.10197.1.301, and .1 .2 .3 under it
    return as_text(oid).substr(0, arc.size()) == arc;
}

/// SpecifiedECDomain (SEC 1 C.2). Every constant is compared, the base point too: a curve with another base point lets
/// anyone make a private key for a given public one.
bool is_sm2_domain(Fields domain) {
    domain.accept(Tag::integer, field);
    const auto field_id = domain.accept(Tag::sequence, field);
    const auto curve = domain.accept(Tag::sequence, field);
    const auto base = domain.accept(Tag::octet_string, field);
    const auto order = domain.accept(Tag::integer, field);
    if (!field_id || !curve || !base || !order) return false;
    Fields prime_field = domain.enter(*field_id);
    prime_field.accept(Tag::oid, field);
    const auto prime = prime_field.accept(Tag::integer, field);
    Fields coefficients = domain.enter(*curve);
    const auto a = coefficients.accept(Tag::octet_string, field);
    const auto b = coefficients.accept(Tag::octet_string, field);
    if (!prime || !a || !b) return false;
    const bool same_base = base->content.size() == 65
                               ? equal(base->content.subspan(1, 32), sm2::base_x) &&
                                     equal(base->content.subspan(33), sm2::base_y) && base->content[0] == 0x04
                               : base->content.size() == 33 && equal(base->content.subspan(1), sm2::base_x) &&
                                     base->content[0] == 0x02;  // y of the base point is even
    return equal(magnitude(prime->content), sm2::prime) && equal(magnitude(a->content), magnitude(sm2::a)) &&
           equal(magnitude(b->content), magnitude(sm2::b)) && equal(magnitude(order->content), sm2::order) && same_base;
}

struct EcParameters {
    bool sm2 = false;
    bool named = false;
};

EcParameters ec_parameters(Fields& algorithm) {
    if (const auto curve = algorithm.accept(Tag::oid, field)) return {is_sm2_oid(curve->content), true};
    if (const auto domain = algorithm.accept(Tag::sequence, field))
        return {is_sm2_domain(algorithm.enter(*domain)), false};
    return {};
}

/// X and Y of an uncompressed point (SEC 1 2.3.3), also when its leading 04 is missing or it is wrapped in an OCTET
/// STRING; any other point as it stands.
ByteView point_coordinates(ByteView point) noexcept {
    constexpr std::array<std::uint8_t, 3> wrapped{0x04, 0x41, 0x04};
    if (point.size() == 67 && equal(point.first(3), wrapped)) return point.subspan(3);
    if (point.size() % 2 == 1 && point.front() == 0x04) return point.subspan(1);
    return point;
}

/// Where the key itself stands. Gives it back.
ByteView put_content(ByteView content, const der::Element& spki, PublicKey& key) noexcept {
    key.content_offset = content.empty() ? 0 : static_cast<std::size_t>(content.data() - spki.whole.data());
    key.content_length = content.size();
    return content;
}

void read_rsa(Fields octets, const der::Element& spki, PublicKey& key) {
    const auto sequence = octets.need(Tag::sequence, field);
    if (!sequence) return;
    Fields numbers = octets.enter(*sequence);
    const auto modulus = numbers.need(Tag::integer, field);
    numbers.need(Tag::integer, field);
    if (!modulus) return;
    const ByteView digits = put_content(magnitude(modulus->content), spki, key);
    if (!digits.empty()) key.bits = digits.size() * 8 - static_cast<std::size_t>(std::countl_zero(digits.front()));
}

void read_ec(ByteView point, const der::Element& spki, std::size_t offset, const Fields& parent, PublicKey& key) {
    const ByteView coordinates = put_content(point_coordinates(point), spki, key);
    const bool compressed = coordinates.size() % 2 == 1 && (coordinates.front() & 0xFEU) == 0x02;
    key.bits = compressed ? (coordinates.size() - 1) * 8 : coordinates.size() * 4;
    const bool right_size = key.type != PublicKeyType::sm2 || key.bits == 256;
    if (coordinates.size() < 2 || !right_size) parent.note(field, offset, "no point of the curve");
}

constexpr std::string_view rsa_oid = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";  // 1.2.840.113549.1.1.1
constexpr std::string_view pss_oid = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A";  // 1.2.840.113549.1.1.10
constexpr std::string_view ec_oid = "\x2A\x86\x48\xCE\x3D\x02\x01";           // 1.2.840.10045.2.1

PublicKeyType type_of(const der::Element& oid, Fields& algorithm) {
    const std::string_view octets = as_text(oid.content);
    if (octets == rsa_oid || octets == pss_oid) return PublicKeyType::rsa;
    if (is_sm2_oid(oid.content)) return PublicKeyType::sm2;
    if (octets != ec_oid) return PublicKeyType::other;
    const EcParameters parameters = ec_parameters(algorithm);
    if (parameters.sm2) return PublicKeyType::sm2;
    return parameters.named ? PublicKeyType::ec : PublicKeyType::other;
}

}  // namespace

PublicKey public_key_of(const der::Element& sequence, const Fields& parent) {
    PublicKey key;
    key.spki.assign(sequence.whole.begin(), sequence.whole.end());
    Fields fields = parent.enter(sequence);
    if (const auto identifier = fields.need(Tag::sequence, field)) {
        Fields algorithm = fields.enter(*identifier);
        if (const auto oid = algorithm.need(Tag::oid, field)) {
            key.type = type_of(*oid, algorithm);
            if (key.type == PublicKeyType::other) key.algorithm_oid = oid_text(oid->content).value_or("");
        }
    }
    const auto bits = fields.need(Tag::bit_string, field);
    if (!bits || bits->cut) return key;
    if (bits->content.size() < 2) {
        fields.note(field, bits->offset, "no key in it");
        return key;
    }
    const ByteView octets = bits->content.subspan(1);
    if (key.type == PublicKeyType::rsa) {
        read_rsa(fields.within(octets, bits->content_offset() + 1), sequence, key);
    } else if (key.type == PublicKeyType::sm2 || key.type == PublicKeyType::ec) {
        read_ec(octets, sequence, bits->offset, fields, key);
    } else {
        put_content(octets, sequence, key);
    }
    return key;
}

}  // namespace scca::pki
