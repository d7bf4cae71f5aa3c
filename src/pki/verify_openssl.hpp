// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL's handles owned by std::unique_ptr, for pki's verify*.cpp alone.
#pragma once

#include <openssl/evp.h>

#include <memory>

namespace scca::pki {

template <auto release>
struct FreeWith {
    template <class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};

using PkeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

}  // namespace scca::pki
