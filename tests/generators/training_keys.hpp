// SPDX-License-Identifier: Apache-2.0
//
// SM2 keys, certificates of invented holders, signatures and digests, by OpenSSL. Signatures are over SM3(Z || message)
// with the signer ID 1234567812345678 (GM/T 0009 section 10). Throws std::runtime_error when OpenSSL fails.
#pragma once

#include "der_writer.hpp"

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace seal_maker {

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeKey>;

inline constexpr std::string_view usual_signer_id = "1234567812345678";

/// How r and s are written (each but the first is a mistake that real software makes).
enum class Encoding : std::uint8_t { der, raw_rs, negative_integer, non_minimal_integer };

struct Holder {
    KeyPtr key;
    Bytes name, issuer;  ///< DER
    std::int64_t serial = 0;
    Bytes certificate;
};

struct CertificateOrder {
    std::string name;
    std::int64_t serial = 1;
    std::string from = "20231231160000Z", to = "20261231155959Z";
    std::uint8_t key_usage = 0xC0;  ///< digitalSignature, nonRepudiation
    bool authority = false;
    std::string extended_usage = {};  ///< one purpose; empty: no such extension
    bool generalized_end = false;     ///< notAfter as GeneralizedTime though before 2050, beside a UTCTime
    bool bare_extension = false;      ///< one whose value is ASCII and no DER, as a provincial CA writes 1.2.5.29.1
};

/// Self-signed when `issuer` is null.
[[nodiscard]] Holder make_holder(const CertificateOrder& order, const Holder* issuer);

[[nodiscard]] Bytes sign(const Holder& signer, const Bytes& message, Encoding encoding = Encoding::der,
                         std::string_view signer_id = usual_signer_id);
/// Over 32 octets taken for SM3(Z || message), as one vendor does with the digest of its document.
[[nodiscard]] Bytes sign_digest(const Holder& signer, const Bytes& digest);
/// `name` as OpenSSL knows it: "SM3", "SHA1" …
[[nodiscard]] Bytes digest(const std::string& name, const Bytes& content);
/// SM3(Z || content)
[[nodiscard]] Bytes sm3_with_z(const Holder& signer, const Bytes& content);
[[nodiscard]] std::string base64(const Bytes& content);

}  // namespace seal_maker
