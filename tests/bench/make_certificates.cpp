// SPDX-License-Identifier: Apache-2.0
//
// make_certificates FOLDER COUNT: PEM certificates to measure with, half RSA-2048 and half SM2, each its own serial
// number and name, signed by two CAs (FOLDER/rsa-ca.pem, FOLDER/sm2-ca.pem beside FOLDER/rsa and FOLDER/sm2). By
// OpenSSL alone.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

template <auto Free>
struct FreeWith {
    template <class T>
    void operator()(T* pointer) const noexcept {
        Free(pointer);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using FilePtr = std::unique_ptr<std::FILE, FreeWith<std::fclose>>;

constexpr std::string_view signer_id = "1234567812345678";

void must(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

struct Kind {
    std::string name;
    KeyPtr ca_key, key;
    const EVP_MD* digest;
};

void sign(X509& certificate, const Kind& kind) {
    const ContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    must(EVP_DigestSignInit(context.get(), &parameters, kind.digest, nullptr, kind.ca_key.get()) == 1, "sign");
    if (kind.name == "sm2") {
        must(EVP_PKEY_CTX_set1_id(parameters, signer_id.data(), static_cast<int>(signer_id.size())) == 1, "signer id");
    }
    must(X509_sign_ctx(&certificate, context.get()) > 0, "sign");
}

CertificatePtr make(const Kind& kind, long serial, const std::string& name, bool is_ca) {
    CertificatePtr certificate(X509_new());
    X509* one = certificate.get();
    X509_set_version(one, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(one), serial);
    X509_gmtime_adj(X509_getm_notBefore(one), -86'400L * 30);
    X509_gmtime_adj(X509_getm_notAfter(one), 86'400L * (is_ca ? 3650 : 30 + serial % 700));
    const auto put = [](X509_NAME* target, const char* type, const std::string& value) {
        X509_NAME_add_entry_by_txt(target, type, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                   static_cast<int>(value.size()), -1, 0);
    };
    const std::string ca_name = kind.name + " bench CA";
    put(X509_get_subject_name(one), "O", "四川省测试单位");
    put(X509_get_subject_name(one), "CN", is_ca ? ca_name : name);
    put(X509_get_issuer_name(one), "O", "四川省测试单位");
    put(X509_get_issuer_name(one), "CN", ca_name);
    X509_set_pubkey(one, is_ca ? kind.ca_key.get() : kind.key.get());
    const auto extend = [&](int nid, const char* value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
        must(extension != nullptr, "extension");
        X509_add_ext(one, extension, -1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, is_ca ? "critical,CA:TRUE" : "CA:FALSE");
    extend(NID_key_usage, is_ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,nonRepudiation");
    sign(*one, kind);
    return certificate;
}

void write(const std::filesystem::path& path, X509& certificate) {
    const FilePtr file(std::fopen(path.c_str(), "wb"));
    must(file && PEM_write_X509(file.get(), &certificate) == 1, "write");
}

KeyPtr rsa_key() { return KeyPtr(EVP_RSA_gen(2048)); }
KeyPtr sm2_key() { return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")); }

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 64;
    try {
        const std::filesystem::path folder = argv[1];
        const long count = std::strtol(argv[2], nullptr, 10);
        const Kind kinds[] = {{"rsa", rsa_key(), rsa_key(), EVP_sha256()}, {"sm2", sm2_key(), sm2_key(), EVP_sm3()}};
        for (const Kind& kind : kinds) {
            std::filesystem::create_directories(folder / kind.name);
            write(folder / (kind.name + "-ca.pem"), *make(kind, 1, {}, true));
            for (long i = 0; i < count / 2; ++i) {
                const std::string number = std::to_string(1'000'000 + i);
                write(folder / kind.name / (number + ".pem"), *make(kind, 2 + i, "单位" + number, false));
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "make_certificates: %s\n", error.what());
        return 70;
    }
    return 0;
}
