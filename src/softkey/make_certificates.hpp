// SPDX-License-Identifier: Apache-2.0
//
// Training keys and certificates, made with OpenSSL: SM2 with SM3 under the signer ID 1234567812345678, or RSA with
// SHA-256. A failure here is a broken OpenSSL or a bug and throws std::runtime_error; text that a certificate cannot
// hold throws std::invalid_argument.
#pragma once

#include "dates.hpp"
#include "key_operations.hpp"

#include <string>
#include <utility>
#include <vector>

namespace scca::softkey {

/// OpenSSL's NID of an attribute and its value in UTF-8, in the order of the name.
using NameParts = std::vector<std::pair<int, std::string>>;

struct Authority {
    X509Ptr certificate;
    KeyPtr key;
};

struct CertificateOrder {
    NameParts subject;
    EVP_PKEY* holder_key = nullptr;
    const Authority* issuer = nullptr;  // null: self-signed
    EVP_PKEY* forger_key = nullptr;     // signs in the issuer's stead
    Validity validity;
    std::string key_usage;  // as OpenSSL's configuration writes it
    bool authority = false;
};

[[nodiscard]] KeyPtr make_sm2_key();
[[nodiscard]] KeyPtr make_rsa_key(unsigned int bits);

/// Throws std::invalid_argument when a value is too long, or not the text that its attribute holds.
void check_name_parts(const NameParts& parts);

[[nodiscard]] X509Ptr issue_certificate(const CertificateOrder& order);

[[nodiscard]] Bytes certificate_der(const X509* certificate);
[[nodiscard]] std::string certificate_pem(X509* certificate);
[[nodiscard]] std::string key_pem(EVP_PKEY* key);

/// Signs `message` with its algorithm's digest; SM2 with the default signer ID.
[[nodiscard]] Bytes sign_message(EVP_PKEY* key, std::span<const std::uint8_t> message);

/// Throws std::runtime_error with OpenSSL's own words when `done` is false.
void require(bool done, std::string_view what);

}  // namespace scca::softkey
