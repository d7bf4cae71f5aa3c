// SPDX-License-Identifier: Apache-2.0
#include "authorities.hpp"

#include "scca.hpp"

#include "scca/pki/container.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

constexpr std::size_t most_lists = 256;

}  // namespace

Authorities::Authorities(const std::vector<token::FileGiven>& trust, std::size_t remembered)
    : given_(!trust.empty()), verifier_(remembered) {
    for (const token::FileGiven& file : trust) {
        for (const pki::FoundCertificate& found : pki::find_certificates(file.content)) {
            auto parsed = pki::parse_certificate(found.der);
            if (parsed && parsed->defects.empty() && !found.doubtful) trusted_.push_back(std::move(*parsed));
        }
    }
}

void Authorities::get_ready() {
    if (trusted_.empty()) return;
    const pki::Certificate& any = trusted_.front();
    static_cast<void>(verifier_.verify_issued(any, any));
}

const Authorities::IssuerName& Authorities::issuer_of(const pki::Certificate& certificate) {
    const pki::DistinguishedName& issuer = certificate.issuer;
    if (issuer.der != last_issuer_.der) last_issuer_ = {issuer.der, issuer.text(), is_scca_name(issuer)};
    return last_issuer_;
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
