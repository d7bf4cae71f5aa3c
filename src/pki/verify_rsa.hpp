// SPDX-License-Identifier: Apache-2.0
//
// RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2) by OpenSSL's modular arithmetic. A batch meets one issuer's key thousands of
// times: what EVP_PKEY_verify makes anew each time is kept here, and what it multiplies in vain is left out, a sixth of
// its time. Takes SM3, too, whose DigestInfo OpenSSL 3.0 does not know. Knows no other padding.
#pragma once

#include "scca/core/bytes.hpp"
#include "verify_openssl.hpp"

#include <openssl/bn.h>

#include <optional>
#include <string_view>

namespace scca::pki {

/// Not for two threads at once: the numbers of one signature serve the next.
class RsaKey {
public:
    /// Nothing when it is no RSA key for PKCS #1 v1.5, or one that nobody makes: modulus or exponent of a strange size.
    [[nodiscard]] static std::optional<RsaKey> of(const EVP_PKEY* key);

    /// Whether this is a signature of the digest, which was made with the method of this name.
    [[nodiscard]] bool verify(std::string_view method, ByteView digest, ByteView signature);

private:
    using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;

    RsaKey() = default;
    /// signature_ to the power of the exponent.
    [[nodiscard]] bool raise();

    Number modulus_, signature_{BN_new()}, base_{BN_new()}, power_{BN_new()};
    std::uint64_t exponent_ = 0;
    std::unique_ptr<BN_MONT_CTX, FreeWith<BN_MONT_CTX_free>> montgomery_{BN_MONT_CTX_new()};
    std::unique_ptr<BN_CTX, FreeWith<BN_CTX_free>> room_{BN_CTX_new()};
    Bytes expected_, opened_;
};

}  // namespace scca::pki
