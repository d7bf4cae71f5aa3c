// SPDX-License-Identifier: Apache-2.0
//
// Whom to trust, read once for any number of snapshots, and a memory of what was already verified: in a batch the same
// intermediate stands above every certificate, and the same certificate comes many times. For one thread.
#pragma once

#include "remembered_seals.hpp"

#include "scca/pki/revocation.hpp"
#include "scca/pki/verify.hpp"
#include "scca/token/snapshot.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <unordered_map>
#include <vector>

namespace scca::checks {

class Authorities {
public:
    /// The CA certificates in these files (--trust).
    explicit Authorities(const std::vector<token::FileGiven>& trust);

    /// Whether --trust was given at all: then a chain that does not reach it has failed.
    [[nodiscard]] bool given() const noexcept { return given_; }
    [[nodiscard]] const std::vector<pki::Certificate>& trusted() const noexcept { return trusted_; }

    /// Of a pair seen before, remembered: the last 65,536 distinct ones.
    [[nodiscard]] const pki::SignatureCheck& verify_issued(const pki::Certificate& certificate,
                                                           const pki::Certificate& issuer);
    /// Whether the issuer signed the list with this SHA-256; remembered, for a list of many megabytes takes a while.
    [[nodiscard]] const pki::SignerCheck& verify_crl(const pki::Crl& crl, const Bytes& crl_sha256,
                                                     const pki::Certificate& issuer);
    [[nodiscard]] const pki::SignatureCheck& verify_seal(const pki::Seal& seal, const pki::PublicKey& maker) {
        return seals_.verify(seal, maker, verifier_);
    }
    [[nodiscard]] pki::Verifier& verifier() noexcept { return verifier_; }

private:
    /// SHA-256 of the certificate, folded with that of the issuer's key.
    using Pair = std::array<std::uint8_t, 32>;
    struct HashPair {
        [[nodiscard]] std::size_t operator()(const Pair& pair) const noexcept;
    };

    [[nodiscard]] Pair pair_of(const pki::Certificate& certificate, const pki::Certificate& issuer);

    bool given_;
    std::vector<pki::Certificate> trusted_;
    pki::Verifier verifier_;
    RememberedSeals seals_;
    std::unordered_map<Pair, pki::SignatureCheck, HashPair> verified_;
    std::deque<Pair> order_;
    std::map<Bytes, pki::SignerCheck> lists_;
};

}  // namespace scca::checks
