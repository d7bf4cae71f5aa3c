// SPDX-License-Identifier: Apache-2.0
//
// Public keys as OpenSSL holds them, and the three ways of verifying with them. Which one is asked for, and what to try
// next, is verify.cpp's matter.
#pragma once

#include "remembered_signatures.hpp"
#include "scca/core/bytes.hpp"
#include "scca/pki/certificate.hpp"
#include "verify_openssl.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::pki {

/// Not for two threads at once: what OpenSSL prepares for one signature serves the next.
class VerifyKey {
public:
    /// `remembered` must outlive it and knows no other key by this number.
    VerifyKey(PkeyPtr key, std::uint64_t number, RememberedSignatures& remembered) noexcept
        : key_(std::move(key)), number_(number), remembered_(&remembered) {}

    [[nodiscard]] bool verify_rsa(std::string_view digest, bool pss, ByteView message, ByteView signature);
    [[nodiscard]] bool verify_ecdsa(std::string_view digest, ByteView message, ByteView signature);
    /// SM2 with SM3 over Z || message, Z made with `signer_id` (GM/T 0009 8.1).
    [[nodiscard]] bool verify_sm2(std::string_view signer_id, ByteView message, ByteView signature);
    /// SM2 over a digest as it stands.
    [[nodiscard]] bool verify_sm2_digest(ByteView digest, ByteView signature) const;

private:
    /// A digest and a context that knows key, digest and padding.
    struct Prepared {
        std::string digest;
        bool pss = false;
        MethodPtr method;
        DigestContextPtr digesting;
        PkeyContextPtr verifying;
    };

    /// Nothing when OpenSSL has no such thing.
    [[nodiscard]] Prepared* prepare(std::string_view digest, bool pss);
    /// A signature that was verified before is not verified again.
    [[nodiscard]] bool verify(Prepared* prepared, ByteView before, ByteView message, ByteView signature) const;
    /// PKCS #1 v1.5 with SM3, whose DigestInfo OpenSSL 3.0 does not know.
    [[nodiscard]] bool verify_rsa_sm3(ByteView message, ByteView signature) const;

    /// X and Y of the key's point, also when it came compressed.
    [[nodiscard]] Bytes point() const;

    PkeyPtr key_;
    std::uint64_t number_;
    RememberedSignatures* remembered_;
    std::vector<Prepared> prepared_;
    std::map<std::string, Bytes, std::less<>> z_;  ///< by signer ID
};

/// The keys parsed so far, by their description; bounded.
class VerifyKeys {
public:
    /// With a memory of so many signatures.
    explicit VerifyKeys(std::size_t remembered) : remembered_(remembered) {}
    VerifyKeys(const VerifyKeys&) = delete;
    VerifyKeys& operator=(const VerifyKeys&) = delete;

    /// Nothing when OpenSSL cannot make a key of it. Good until the next call.
    [[nodiscard]] VerifyKey* find(const PublicKey& key);

private:
    RememberedSignatures remembered_;
    std::uint64_t made_ = 0;  ///< keys, ever
    std::map<std::string, std::optional<VerifyKey>, std::less<>> keys_;
};

}  // namespace scca::pki
