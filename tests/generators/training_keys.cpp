// SPDX-License-Identifier: Apache-2.0
#include "training_keys.hpp"

#include <openssl/ec.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace seal_maker {
namespace {

constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";
constexpr std::size_t coordinate = 32;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
struct FreeContext {
    void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};

Bytes sign_der(EVP_PKEY* key, const Bytes& message, std::string_view signer_id = usual_signer_id) {
    const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
    const std::unique_ptr<EVP_PKEY_CTX, FreeContext> parameters(EVP_PKEY_CTX_new(key, nullptr));
    EVP_MD_CTX_set_pkey_ctx(context.get(), parameters.get());
    require(EVP_DigestSignInit(context.get(), nullptr, EVP_sm3(), nullptr, key) == 1, "sign");
    require(EVP_PKEY_CTX_set1_id(parameters.get(), signer_id.data(), static_cast<int>(signer_id.size())) == 1, "ID");
    std::size_t length = 0;
    require(EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) == 1, "length");
    Bytes signature(length);
    require(EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1, "value");
    signature.resize(length);
    return signature;
}

struct Numbers {
    Bytes r, s;
};

/// The two numbers, each in 32 octets.
Numbers numbers_of(const Bytes& der) {
    const auto number = [&](std::size_t at) {
        Bytes value(der.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                    der.begin() + static_cast<std::ptrdiff_t>(at) + 2 + der.at(at + 1));
        while (value.size() > coordinate) value.erase(value.begin());
        value.insert(value.begin(), coordinate - value.size(), 0);
        return value;
    };
    return {number(2), number(std::size_t{4} + der.at(3))};
}

Bytes shortest_integer(Bytes value) {
    while (value.size() > 1 && value[0] == 0 && (value[1] & 0x80U) == 0) value.erase(value.begin());
    if ((value[0] & 0x80U) != 0) value.insert(value.begin(), 0);
    return tlv(0x02, value);
}

Bytes rdn(std::string_view type, const Bytes& value) { return set({sequence({oid(type), value})}); }

Bytes extension(std::string_view type, bool critical, const Bytes& value) {
    return critical ? sequence({oid(type), boolean(true), octets(value)}) : sequence({oid(type), octets(value)});
}

Bytes public_key_info(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(key, &der);
    require(length > 0, "public key");
    const Bytes info(der, der + length);
    OPENSSL_free(der);
    return info;
}

Bytes extensions_of(const CertificateOrder& order) {
    Bytes all = extension("2.5.29.15", true, tlv(0x03, {0x00, order.key_usage}));
    const Bytes basic = order.authority ? sequence({boolean(true)}) : sequence({});
    const Bytes second = extension("2.5.29.19", order.authority, basic);
    all.insert(all.end(), second.begin(), second.end());
    if (!order.extended_usage.empty()) {
        const Bytes third = extension("2.5.29.37", true, sequence({oid(order.extended_usage)}));
        all.insert(all.end(), third.begin(), third.end());
    }
    if (order.bare_extension) {
        const Bytes bare = extension("1.2.5.29.1", false, bytes_of("53011200000556"));
        all.insert(all.end(), bare.begin(), bare.end());
    }
    return tagged(3, tlv(0x30, all));
}

}  // namespace

Holder make_holder(const CertificateOrder& order, const Holder* issuer) {
    Holder holder;
    holder.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    require(holder.key != nullptr, "key");
    holder.serial = order.serial;
    holder.name = sequence(
        {rdn("2.5.4.6", printable("CN")), rdn("2.5.4.10", utf8(order.name)), rdn("2.5.4.3", utf8(order.name))});
    holder.issuer = issuer == nullptr ? holder.name : issuer->name;
    const Bytes algorithm = sequence({oid(sm2_with_sm3)});
    const Bytes end = order.generalized_end ? generalized_time(order.to) : utc_time(order.to);
    const Bytes tbs = sequence({tagged(0, integer(2)), integer(order.serial), algorithm, holder.issuer,
                                sequence({utc_time(order.from), end}), holder.name, public_key_info(holder.key.get()),
                                extensions_of(order)});
    EVP_PKEY* const signing_key = issuer == nullptr ? holder.key.get() : issuer->key.get();
    holder.certificate = sequence({tbs, algorithm, bits(sign_der(signing_key, tbs))});
    return holder;
}

Bytes sign_digest(const Holder& signer, const Bytes& digest) {
    const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(EVP_PKEY_CTX_new(signer.key.get(), nullptr));
    require(EVP_PKEY_sign_init(context.get()) == 1, "sign");
    std::size_t length = 0;
    require(EVP_PKEY_sign(context.get(), nullptr, &length, digest.data(), digest.size()) == 1, "length");
    Bytes signature(length);
    require(EVP_PKEY_sign(context.get(), signature.data(), &length, digest.data(), digest.size()) == 1, "value");
    signature.resize(length);
    return signature;
}

Bytes sign(const Holder& signer, const Bytes& message, Encoding encoding, std::string_view signer_id) {
    Bytes der = sign_der(signer.key.get(), message, signer_id);
    Numbers numbers = numbers_of(der);
    switch (encoding) {
        case Encoding::der: return der;
        case Encoding::raw_rs: return joined({numbers.r, numbers.s});
        case Encoding::non_minimal_integer:
            return sequence({tlv(0x02, joined({{0, 0}, numbers.r})), shortest_integer(numbers.s)});
        case Encoding::negative_integer: break;
    }
    while ((numbers.r[0] & 0x80U) == 0) numbers = numbers_of(sign_der(signer.key.get(), message));
    return sequence({tlv(0x02, numbers.r), shortest_integer(numbers.s)});
}

Bytes digest(const std::string& name, const Bytes& content) {
    Bytes value(EVP_MAX_MD_SIZE);
    std::size_t length = 0;
    require(EVP_Q_digest(nullptr, name.c_str(), nullptr, content.data(), content.size(), value.data(), &length) == 1,
            "digest");
    value.resize(length);
    return value;
}

Bytes sm3_with_z(const Holder& signer, const Bytes& content) {
    // GM/T 0003.2 section 5.5: Z = SM3(length of ID in bits || ID || a || b || G || the public point).
    constexpr std::string_view curve =
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
        "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
        "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
        "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0";
    Bytes message{0x00, 0x80};
    message.insert(message.end(), usual_signer_id.begin(), usual_signer_id.end());
    for (std::size_t at = 0; at < curve.size(); at += 2) {
        message.push_back(static_cast<std::uint8_t>(std::stoul(std::string(curve.substr(at, 2)), nullptr, 16)));
    }
    const Bytes info = public_key_info(signer.key.get());
    message.insert(message.end(), info.end() - 2 * static_cast<std::ptrdiff_t>(coordinate), info.end());
    return digest("SM3", joined({digest("SM3", message), content}));
}

std::string base64(const Bytes& content) {
    std::string text((content.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), content.data(),
                                       static_cast<int>(content.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace seal_maker
