// SPDX-License-Identifier: Apache-2.0
//
// Key generation and X.509 with OpenSSL. No SCCA issuing certificate is public, so these are shaped after its names
// and usages, under a root that says what it is.
#include "make_certificates.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <algorithm>
#include <stdexcept>

namespace scca::softkey {

namespace {

using NamePtr = std::unique_ptr<X509_NAME, FreeWith<X509_NAME_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;

void put_name(X509_NAME* name, const NameParts& parts) {
    for (const auto& [nid, value] : parts) {
        const auto* const bytes = reinterpret_cast<const unsigned char*>(value.data());
        if (X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytes, static_cast<int>(value.size()), -1, 0) != 1) {
            throw std::invalid_argument(value);
        }
    }
}

/// A positive serial number of 16 random bytes.
void put_serial(X509* certificate) {
    const BignumPtr number(BN_new());
    constexpr int bits = 127;
    require(number && BN_rand(number.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
            "serial number");
}

void put_validity(X509* certificate, const Validity& validity) {
    const auto from = std::chrono::system_clock::to_time_t(validity.from);
    const auto to = std::chrono::system_clock::to_time_t(validity.to);
    require(ASN1_TIME_set(X509_getm_notBefore(certificate), from) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(certificate), to) != nullptr,
            "validity");
}

void put_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_nconf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

/// A context that signs with the digest of the key's algorithm and, for SM2, the default signer ID.
DigestPtr signing_context(EVP_PKEY* key, KeyContextPtr& key_context) {
    DigestPtr context(EVP_MD_CTX_new());
    require(context != nullptr, "digest");
    if (is_sm2(key)) {
        key_context.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
        require(key_context && EVP_PKEY_CTX_set1_id(key_context.get(), default_signer_id.data(),
                                                    static_cast<int>(default_signer_id.size())) == 1,
                "signer ID");
        EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
    }
    const EVP_MD* const digest = is_sm2(key) ? EVP_sm3() : EVP_sha256();
    require(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) == 1, "signing");
    return context;
}

std::string text_in(BIO* memory) {
    char* begin = nullptr;
    const long length = BIO_get_mem_data(memory, &begin);
    return {begin, static_cast<std::size_t>(length)};
}

}  // namespace

void require(bool done, std::string_view what) {
    if (!done) {
        const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
        throw std::runtime_error(std::string(what) + ": " + (reason == nullptr ? "OpenSSL refused" : reason));
    }
}

KeyPtr make_sm2_key() {
    KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    require(key != nullptr, "SM2 key");
    return key;
}

KeyPtr make_rsa_key(unsigned int bits) {
    KeyPtr key(EVP_RSA_gen(bits));
    require(key != nullptr, "RSA key");
    return key;
}

void check_name_parts(const NameParts& parts) {
    const NamePtr name(X509_NAME_new());
    require(name != nullptr, "name");
    put_name(name.get(), parts);
}

X509Ptr issue_certificate(const CertificateOrder& order) {
    X509Ptr certificate(X509_new());
    constexpr long version_3 = 2;
    require(certificate && X509_set_version(certificate.get(), version_3) == 1, "certificate");
    X509* const made = certificate.get();
    X509* const issuer = order.issuer == nullptr ? made : order.issuer->certificate.get();
    put_serial(made);
    put_name(X509_get_subject_name(made), order.subject);
    put_validity(made, order.validity);
    require(X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1, "issuer");
    require(X509_set_pubkey(made, order.holder_key) == 1, "public key");
    put_extension(made, issuer, NID_subject_key_identifier, "hash");
    put_extension(made, issuer, NID_authority_key_identifier, "keyid:always");
    if (order.authority) {
        put_extension(made, issuer, NID_basic_constraints, "critical,CA:TRUE");
    }
    put_extension(made, issuer, NID_key_usage, "critical," + order.key_usage);
    EVP_PKEY* const issuer_key = order.issuer == nullptr ? order.holder_key : order.issuer->key.get();
    KeyContextPtr key_context;
    const auto context = signing_context(order.forger_key == nullptr ? issuer_key : order.forger_key, key_context);
    require(X509_sign_ctx(made, context.get()) > 0, "signature");
    return certificate;
}

Bytes certificate_der(const X509* certificate) {
    Bytes der(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))));
    auto* end = der.data();
    require(!der.empty() && i2d_X509(certificate, &end) > 0, "certificate");
    return der;
}

std::string certificate_pem(X509* certificate) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    require(memory && PEM_write_bio_X509(memory.get(), certificate) == 1, "certificate");
    return text_in(memory.get());
}

std::string key_pem(EVP_PKEY* key) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    require(memory && PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "private key");
    return text_in(memory.get());
}

Bytes sign_message(EVP_PKEY* key, std::span<const std::uint8_t> message) {
    KeyContextPtr key_context;
    const auto context = signing_context(key, key_context);
    std::size_t length = 0;
    require(EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) == 1, "signature");
    Bytes signature(length);
    require(EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1, "signature");
    signature.resize(length);
    return signature;
}

}  // namespace scca::softkey
