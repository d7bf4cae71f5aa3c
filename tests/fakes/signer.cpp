// SPDX-License-Identifier: Apache-2.0
#include "signer.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

namespace fake {
namespace {

template <auto release>
struct FreeWith {
    template <class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};

void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

std::string sign_rsa(const std::string& key_file, std::string_view content, bool digests) {
    const std::unique_ptr<BIO, FreeWith<BIO_free_all>> file(BIO_new_file(key_file.c_str(), "r"));
    must(file != nullptr);
    const std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>> key(
        PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr));
    must(key != nullptr);
    const auto* octets = reinterpret_cast<const unsigned char*>(content.data());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), '\0');
    auto* const room = reinterpret_cast<unsigned char*>(signature.data());
    std::size_t size = signature.size();
    if (digests) {
        const std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
        must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
        must(EVP_DigestSign(context.get(), room, &size, octets, content.size()) == 1);
    } else {
        const std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>> context(EVP_PKEY_CTX_new(key.get(), nullptr));
        // Without a digest being named, PKCS #1 padding goes around what is given as it is.
        must(EVP_PKEY_sign_init(context.get()) == 1);
        must(EVP_PKEY_sign(context.get(), room, &size, octets, content.size()) == 1);
    }
    signature.resize(size);
    return signature;
}

std::string file_in(const char* variable) {
    const char* const path = std::getenv(variable);
    if (path == nullptr) return {};
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace fake
