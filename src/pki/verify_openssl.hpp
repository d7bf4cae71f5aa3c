// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL's handles owned by std::unique_ptr, for the sources of pki that use OpenSSL.
#pragma once

#include <openssl/err.h>
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

/// What OpenSSL has to say of a failure goes nowhere: the next caller on this thread must not find it.
class QuietErrors {
public:
    QuietErrors() noexcept { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

using MethodPtr = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

}  // namespace scca::pki
