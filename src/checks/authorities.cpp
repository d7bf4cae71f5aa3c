// SPDX-License-Identifier: Apache-2.0
#include "authorities.hpp"

#include "scca/pki/container.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

constexpr std::size_t most_lists = 256;

}  // namespace

Authorities::Authorities(const std::vector<token::FileGiven>& trust) : given_(!trust.empty()) {
    for (const token::FileGiven& file : trust) {
        for (const pki::FoundCertificate& found : pki::find_certificates(file.content)) {
            auto parsed = pki::parse_certificate(found.der);
            if (parsed && parsed->defects.empty() && !found.doubtful) trusted_.push_back(std::move(*parsed));
        }
    }
    for (const pki::Certificate& one : trusted_) trusted_keys_.push_back(pki::sha256(one.public_key.spki));
}

const Bytes* Authorities::find_key_digest(const pki::Certificate& issuer) const {
    const auto known =
        std::find_if(trusted_.begin(), trusted_.end(), [&](const pki::Certificate& one) { return &one == &issuer; });
    return known == trusted_.end() ? nullptr : &trusted_keys_[static_cast<std::size_t>(known - trusted_.begin())];
}

RememberedPairs::Pair Authorities::pair_of(const pki::Certificate& certificate, const pki::Certificate& issuer) const {
    RememberedPairs::Pair pair{};
    const auto put = [&](const Bytes* known, ByteView octets, std::size_t at) {
        const Bytes made = known == nullptr ? pki::sha256(octets) : Bytes();
        const Bytes& digest = known == nullptr ? made : *known;
        std::copy_n(digest.begin(), std::min(digest.size(), pair.size() / 2), pair.begin() + at);
    };
    put(certificate.known_sha256.empty() ? nullptr : &certificate.known_sha256, certificate.der, 0);
    put(find_key_digest(issuer), issuer.public_key.spki, pair.size() / 2);
    return pair;
}

const pki::SignatureCheck& Authorities::verify_issued(const pki::Certificate& certificate,
                                                      const pki::Certificate& issuer) {
    const RememberedPairs::Pair pair = pair_of(certificate, issuer);
    const pki::SignatureCheck* const known = verified_.find(pair);
    return known != nullptr ? *known : verified_.add(pair, check_issued(certificate, issuer));
}

const pki::SignerCheck& Authorities::verify_crl(const pki::Crl& crl, const Bytes& crl_sha256,
                                                const pki::Certificate& issuer) {
    Bytes both = crl_sha256;
    both.insert(both.end(), issuer.der.begin(), issuer.der.end());
    const Bytes pair = pki::sha256(both);
    const auto found = lists_.find(pair);
    if (found != lists_.end()) return found->second;
    if (lists_.size() == most_lists) lists_.clear();
    return lists_.emplace(pair, check_crl(crl, issuer)).first->second;
}

}  // namespace scca::checks
