// SPDX-License-Identifier: Apache-2.0
//
// Signing and hashing by the module, judged by OpenSSL and not by the module's own verify alone.
#include "open_module.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <cstring>

using namespace gmt0016;
using namespace softkey_test;

namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr std::string_view signer_id = "1234567812345678";
constexpr std::string_view message = "a tender document";

KeyPtr certified_key(const TestKey& made) {
    const auto pem = text_of_file(made.container() / "sign.crt");
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> memory(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), X509_free);
    REQUIRE(certificate);
    return {X509_get_pubkey(certificate.get()), EVP_PKEY_free};
}

ECCPUBLICKEYBLOB public_blob(const OpenKey& key) {
    ECCPUBLICKEYBLOB blob;
    ULONG size = sizeof blob;
    REQUIRE(key.module.function<decltype(SKF_ExportPublicKey)>("SKF_ExportPublicKey")(
                key.container, TRUE, reinterpret_cast<BYTE*>(&blob), &size) == SAR_OK);
    return blob;
}

/// e of GM/T 0009 as the module computes it.
std::array<BYTE, 32> digest_for_signing(const OpenKey& key) {
    auto blob = public_blob(key);
    std::string id(signer_id);
    std::string text(message);
    HANDLE hash = nullptr;
    REQUIRE(key.module.function<decltype(SKF_DigestInit)>("SKF_DigestInit")(
                key.device, SGD_SM3, &blob, reinterpret_cast<BYTE*>(id.data()), as_ulong(id.size()), &hash) == SAR_OK);
    std::array<BYTE, 32> e{};
    ULONG size = as_ulong(e.size());
    REQUIRE(key.module.function<decltype(SKF_Digest)>("SKF_Digest")(hash, reinterpret_cast<BYTE*>(text.data()),
                                                                    as_ulong(text.size()), e.data(), &size) == SAR_OK);
    CHECK(key.module.function<decltype(SKF_CloseHandle)>("SKF_CloseHandle")(hash) == SAR_OK);
    CHECK(key.module.function<decltype(SKF_CloseHandle)>("SKF_CloseHandle")(hash) == SAR_INVALIDHANDLEERR);
    return e;
}

std::vector<unsigned char> der_of(const ECCSIGNATUREBLOB& blob) {
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> numbers(ECDSA_SIG_new(), ECDSA_SIG_free);
    ECDSA_SIG_set0(numbers.get(), BN_bin2bn(blob.r, 64, nullptr), BN_bin2bn(blob.s, 64, nullptr));
    std::vector<unsigned char> der(static_cast<std::size_t>(i2d_ECDSA_SIG(numbers.get(), nullptr)));
    auto* end = der.data();
    i2d_ECDSA_SIG(numbers.get(), &end);
    return der;
}

bool openssl_verifies(EVP_PKEY* key, const std::vector<unsigned char>& signature, std::string_view id) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> key_context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free);
    REQUIRE(EVP_PKEY_CTX_set1_id(key_context.get(), id.data(), static_cast<int>(id.size())) == 1);
    EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
    REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sm3(), nullptr, key) == 1);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
}

}  // namespace

TEST_CASE("an SM2 signature needs the PIN and holds for OpenSSL under the common signer ID alone") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    const auto sign = module.function<decltype(SKF_ECCSignData)>("SKF_ECCSignData");
    const auto verify = module.function<decltype(SKF_ECCVerify)>("SKF_ECCVerify");
    auto e = digest_for_signing(key);
    ECCSIGNATUREBLOB signature;
    CHECK(sign(key.container, e.data(), as_ulong(e.size()), &signature) == SAR_USER_NOT_LOGGED_IN);
    key.log_in();
    CHECK(sign(key.container, e.data(), 31, &signature) == SAR_INDATALENERR);
    REQUIRE(sign(key.container, e.data(), as_ulong(e.size()), &signature) == SAR_OK);
    CHECK(std::all_of(signature.r, signature.r + 32, [](BYTE byte) { return byte == 0; }));
    const auto certified = certified_key(made);
    CHECK(openssl_verifies(certified.get(), der_of(signature), signer_id));
    CHECK_FALSE(openssl_verifies(certified.get(), der_of(signature), "8765432187654321"));

    auto blob = public_blob(key);
    CHECK(verify(key.device, &blob, e.data(), as_ulong(e.size()), &signature) == SAR_OK);
    e[0] = static_cast<BYTE>(e[0] ^ 1);
    CHECK(verify(key.device, &blob, e.data(), as_ulong(e.size()), &signature) == SAR_FAIL);
    ULONG size = 256;
    std::array<BYTE, 256> rsa{};
    CHECK(module.function<decltype(SKF_RSASignData)>("SKF_RSASignData")(key.container, e.data(), as_ulong(e.size()),
                                                                        rsa.data(), &size) == SAR_KEYINFOTYPEERR);
}

TEST_CASE("an RSA key signs a DigestInfo and refuses a short buffer") {
    const Module module;
    const TestKey made({"--rsa"});
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    key.log_in();
    const auto sign = module.function<decltype(SKF_RSASignData)>("SKF_RSASignData");
    std::vector<BYTE> info{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                           0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    std::array<BYTE, 32> hash{};
    REQUIRE(EVP_Digest(message.data(), message.size(), hash.data(), nullptr, EVP_sha256(), nullptr) == 1);
    info.insert(info.end(), hash.begin(), hash.end());
    GuardedBuffer small(255);
    ULONG size = 255;
    CHECK(sign(key.container, info.data(), as_ulong(info.size()), small.as(), &size) == SAR_BUFFER_TOO_SMALL);
    CHECK(small.untouched());
    CHECK(size == 256);
    std::vector<unsigned char> signature(256);
    REQUIRE(sign(key.container, info.data(), as_ulong(info.size()), signature.data(), &size) == SAR_OK);
    const auto certified = certified_key(made);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, certified.get()) == 1);
    CHECK(EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                           reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
    RSAPUBLICKEYBLOB blob;
    ULONG blob_size = sizeof blob;
    REQUIRE(module.function<decltype(SKF_ExportPublicKey)>("SKF_ExportPublicKey")(
                key.container, TRUE, reinterpret_cast<BYTE*>(&blob), &blob_size) == SAR_OK);
    const auto verify = module.function<decltype(SKF_RSAVerify)>("SKF_RSAVerify");
    CHECK(verify(key.device, &blob, info.data(), as_ulong(info.size()), signature.data(), as_ulong(signature.size())) ==
          SAR_OK);
    signature[9] = static_cast<unsigned char>(signature[9] ^ 1);
    CHECK(verify(key.device, &blob, info.data(), as_ulong(info.size()), signature.data(), as_ulong(signature.size())) ==
          SAR_FAIL);
}

TEST_CASE("a key whose certificate belongs to another key signs what the certificate refutes") {
    const Module module;
    const TestKey made({"--fault", "cert-key-mismatch"});
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    key.log_in();
    auto e = digest_for_signing(key);
    ECCSIGNATUREBLOB signature;
    REQUIRE(module.function<decltype(SKF_ECCSignData)>("SKF_ECCSignData")(key.container, e.data(), as_ulong(e.size()),
                                                                          &signature) == SAR_OK);
    CHECK_FALSE(openssl_verifies(certified_key(made).get(), der_of(signature), signer_id));
}

TEST_CASE("random bytes differ and a hash in pieces equals the hash of the whole") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    std::array<BYTE, 16> one{};
    std::array<BYTE, 16> other{};
    const auto random = module.function<decltype(SKF_GenRandom)>("SKF_GenRandom");
    CHECK(random(key.device, one.data(), as_ulong(one.size())) == SAR_OK);
    CHECK(random(key.device, other.data(), as_ulong(other.size())) == SAR_OK);
    CHECK(one != other);

    std::string text(message);
    auto* const bytes = reinterpret_cast<BYTE*>(text.data());
    HANDLE hash = nullptr;
    REQUIRE(module.function<decltype(SKF_DigestInit)>("SKF_DigestInit")(key.device, SGD_SM3, nullptr, nullptr, 0,
                                                                        &hash) == SAR_OK);
    const auto update = module.function<decltype(SKF_DigestUpdate)>("SKF_DigestUpdate");
    REQUIRE(update(hash, bytes, 5) == SAR_OK);
    REQUIRE(update(hash, bytes + 5, as_ulong(text.size() - 5)) == SAR_OK);
    std::array<BYTE, 32> pieces{};
    ULONG size = as_ulong(pieces.size());
    REQUIRE(module.function<decltype(SKF_DigestFinal)>("SKF_DigestFinal")(hash, pieces.data(), &size) == SAR_OK);
    std::array<BYTE, 32> whole{};
    REQUIRE(EVP_Digest(text.data(), text.size(), whole.data(), nullptr, EVP_sm3(), nullptr) == 1);
    CHECK(pieces == whole);
}
