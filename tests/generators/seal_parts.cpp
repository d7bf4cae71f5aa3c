// SPDX-License-Identifier: Apache-2.0
#include "seal_parts.hpp"

#include <algorithm>
#include <stdexcept>

namespace seal_maker {
namespace {

constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";
constexpr std::string_view seal_number = "51000000000042";

Bytes structure(const SealOrder& order, const Bytes& content) {
    return order.indefinite_lengths ? indefinite_tlv(0x30, content) : tlv(0x30, content);
}

Bytes property_of(const SealOrder& order) {
    const bool utc = order.generation == Generation::v1 && !order.generalized_times;
    const auto time = [&](const std::string& digits) { return utc ? utc_time(digits) : generalized_time(digits); };
    const bool has_list_type = order.generation == Generation::v4 || order.generation == Generation::v5;
    return sequence({integer(1), utf8(order.name), has_list_type ? integer(order.list_type) : Bytes{},
                     tlv(0x30, order.listed), time(order.created), time(order.from), time(order.to)});
}

Bytes info_of(const SealOrder& order) {
    const std::int64_t version = order.version.value_or(static_cast<std::int64_t>(order.generation));
    const Bytes trailer =
        order.generation == Generation::v3 ? joined({octets(order.maker->certificate), oid(sm2_with_sm3)}) : Bytes{};
    const Bytes picture = sequence({ia5(order.picture.type), octets(order.picture.content), integer(40), integer(40)});
    return structure(order, joined({sequence({ia5("ES"), integer(version), ia5("scca-doctor tests")}), ia5(seal_number),
                                    property_of(order), picture, trailer, order.extensions}));
}

Bytes big_endian(std::uint32_t value) {
    return {static_cast<std::uint8_t>(value >> 24U), static_cast<std::uint8_t>(value >> 16U),
            static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value)};
}

Bytes png_picture() {
    return joined({{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A},
                   big_endian(13),
                   bytes_of("IHDR"),
                   big_endian(3),
                   big_endian(2),
                   {8, 2, 0, 0, 0, 0x12, 0x16, 0xF1, 0x4D},
                   big_endian(0),
                   bytes_of("IEND"),
                   {0xAE, 0x42, 0x60, 0x82}});
}

}  // namespace

Cast make_cast() {
    Cast cast;
    cast.authority = make_holder({.name = "Training Authority",
                                  .serial = 1,
                                  .from = "20200101000000Z",
                                  .to = "20391231155959Z",
                                  .key_usage = 0x06,
                                  .authority = true},
                                 nullptr);
    cast.maker = make_holder({.name = "测试制章单位", .serial = 2}, &cast.authority);
    cast.other_maker = make_holder({.name = "另一家制章单位", .serial = 3}, &cast.authority);
    cast.signer = make_holder({.name = "四川测试建设有限公司", .serial = 4}, &cast.authority);
    cast.other_signer = make_holder({.name = "另一家公司", .serial = 5}, &cast.authority);
    cast.expired_signer =
        make_holder({.name = "四川测试建设有限公司", .serial = 6, .to = "20250131155959Z"}, &cast.authority);
    return cast;
}

Picture make_picture(const std::string& type) {
    if (type == "PNG") return {type, png_picture()};
    if (type == "gif") return {type, joined({bytes_of("GIF89a"), {3, 0, 2, 0, 0, 0, 0, 0x3B}})};
    if (type == "bmp") {
        return {type, joined({bytes_of("BM"),
                              {58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0},
                              Bytes(24, 0),
                              Bytes(24, 0xFF)})};
    }
    if (type == "JPG") {
        return {type, {0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0,    0, 1,    0,   1,
                       0,    0,    0xFF, 0xC0, 0, 11, 8,   0,   2,   0,   3, 1, 1, 0x11, 0, 0xFF, 0xD9}};
    }
    if (type == "SVG") {
        return {type, bytes_of("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"/>")};
    }
    throw std::invalid_argument(type);
}

Bytes list_entry(const Holder& holder) { return octets(holder.certificate); }

Bytes digest_entry(const Holder& holder) {
    return sequence({printable("1.2.156.10197.1.401"), octets(digest("SM3", holder.certificate))});
}

Bytes extension_item(const Bytes& type, bool critical, bool write_false, std::string_view value) {
    return sequence({type, critical || write_false ? boolean(critical) : Bytes{}, octets(bytes_of(value))});
}

Bytes make_seal(const SealOrder& order) {
    const Bytes info = info_of(order);
    const Bytes certificate = octets(order.maker->certificate);
    const Bytes algorithm = oid(order.algorithm);
    const Holder& signer = order.forger == nullptr ? *order.maker : *order.forger;
    if (order.generation == Generation::v1) {
        SealOrder definite = order;
        definite.indefinite_lengths = false;
        const Bytes covered = sequence({info_of(definite), certificate, algorithm});
        return structure(
            order,
            joined({info, structure(order, joined({certificate, algorithm,
                                                   bits(sign(signer, covered, order.encoding, order.signer_id))}))}));
    }
    const Bytes value = sign(signer, info, order.encoding, order.signer_id);
    const Bytes signature = bits(value);
    if (order.generation == Generation::v3) return structure(order, joined({info, signature}));
    const Bytes stamp = order.stamp ? tagged(0, bits(order.stamp(value))) : Bytes{};
    return structure(order, joined({info, certificate, algorithm, signature, stamp}));
}

Bytes tampered(Bytes seal) {
    const auto at = std::search(seal.begin(), seal.end(), seal_number.begin(), seal_number.end());
    if (at == seal.end()) throw std::invalid_argument("no seal number");
    *(at + static_cast<std::ptrdiff_t>(seal_number.size()) - 1) = '3';
    return seal;
}

}  // namespace seal_maker
