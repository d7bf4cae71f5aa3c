// SPDX-License-Identifier: Apache-2.0
//
// SESeal ::= SEQUENCE { eSealInfo, cert OCTET STRING, signAlgID OBJECT IDENTIFIER, signedValue BIT STRING }, written as
// a recipe for ASN1_generate_nconf(3); faults are put in before or after signing, as their nature demands.
#include "make_seal.hpp"

#include "seal_picture.hpp"

#include <algorithm>

namespace scca::softkey {

namespace {

constexpr std::string_view seal_id = "SCCA-DOCTOR-TRAINING-0001";

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0x0F];
    }
    return text;
}

/// What OpenSSL's configuration would take for its own, made plain.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (std::string_view("\\\"'$#;").find(c) != std::string_view::npos) {
            safe += '\\';
        }
        safe += c;
    }
    return safe;
}

std::string info_recipe(const SealOrder& order) {
    constexpr std::string_view no_picture = "not a picture";
    const bool broken = order.faults.has(KeyFault::seal_picture_failed);
    const Bytes picture = broken ? Bytes(no_picture.begin(), no_picture.end()) : draw_seal_picture();
    return "[info]\n"
           "header = SEQUENCE:header\n"
           "id = IA5STRING:" +
           std::string(seal_id) +
           "\n"
           "property = SEQUENCE:property\n"
           "picture = SEQUENCE:picture\n"
           "[header]\n"
           "id = IA5STRING:ES\n"
           "version = INTEGER:4\n"
           "vendor = IA5STRING:scca-doctor\n"
           "[property]\n"
           "type = INTEGER:1\n"
           "name = FORMAT:UTF8,UTF8String:" +
           escaped(order.name) +
           "\n"
           "list_type = INTEGER:1\n"
           "list = SEQUENCE:list\n"
           "created = GENERALIZEDTIME:" +
           generalized_time(order.created) +
           "\n"
           "from = GENERALIZEDTIME:" +
           generalized_time(order.validity.from) +
           "\n"
           "to = GENERALIZEDTIME:" +
           generalized_time(order.validity.to) +
           "\n"
           "[list]\n"
           "certificate = FORMAT:HEX,OCTETSTRING:" +
           hex(order.listed_certificate) +
           "\n"
           "[picture]\n"
           "type = IA5STRING:PNG\n"
           "content = FORMAT:HEX,OCTETSTRING:" +
           hex(picture) +
           "\n"
           "width_mm = INTEGER:40\n"
           "height_mm = INTEGER:40\n";
}

std::string seal_recipe(const Authority& maker, std::span<const std::uint8_t> signature) {
    return "[seal]\n"
           "info = SEQUENCE:info\n"
           "maker = FORMAT:HEX,OCTETSTRING:" +
           hex(certificate_der(maker.certificate.get())) +
           "\n"
           "algorithm = OID:1.2.156.10197.1.501\n"
           "signature = FORMAT:HEX,BITSTRING:" +
           hex(signature) + "\n";
}

/// The DER of `section` of the recipe.
Bytes cook(const std::string& recipe, const char* section) {
    const ConfPtr conf(NCONF_new(nullptr));
    const BioPtr text(BIO_new_mem_buf(recipe.data(), static_cast<int>(recipe.size())));
    long line = 0;
    require(conf && text && NCONF_load_bio(conf.get(), text.get(), &line) == 1, "seal recipe");
    const Asn1TypePtr made(ASN1_generate_nconf((std::string("SEQUENCE:") + section).c_str(), conf.get()));
    require(made && made->type == V_ASN1_SEQUENCE, "seal");
    const ASN1_STRING* const der = made->value.sequence;
    const auto* const begin = ASN1_STRING_get0_data(der);
    return {begin, begin + ASN1_STRING_length(der)};
}

Bytes signature_value(const SealOrder& order, const Bytes& info) {
    Bytes der = sign_message(order.maker->key.get(), info);
    const auto numbers = parse_sm2_signature(der);
    if (!numbers || !order.faults.has(KeyFault::signature_encoding)) {
        return der;
    }
    Bytes raw(numbers->r.begin(), numbers->r.end());
    raw.insert(raw.end(), numbers->s.begin(), numbers->s.end());
    return raw;
}

}  // namespace

Bytes make_seal(const SealOrder& order) {
    const auto info = info_recipe(order);
    const auto signature = signature_value(order, cook(info, "info"));
    auto seal = cook(info + seal_recipe(*order.maker, signature), "seal");
    if (order.faults.has(KeyFault::seal_tampered)) {
        const auto id = std::search(seal.begin(), seal.end(), seal_id.begin(), seal_id.end());
        require(id != seal.end(), "seal ID");
        *(id + static_cast<std::ptrdiff_t>(seal_id.size()) - 1) ^= 0x02;  // the last digit, "1", becomes "3"
    }
    if (order.faults.has(KeyFault::seal_unreadable)) {
        seal.resize(seal.size() / 2);
    }
    return seal;
}

}  // namespace scca::softkey
