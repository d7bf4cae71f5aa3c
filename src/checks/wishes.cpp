// SPDX-License-Identifier: Apache-2.0
//
// What judging lacks and the network may have: for each certificate whose revocation is unknown, the next address that
// it names and that was not asked yet.
#include "dossier.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

bool was_asked(const token::Snapshot& snapshot, const Wish& wish) {
    const Bytes digest = wish.request.empty() ? Bytes{} : pki::sha256(wish.request);
    return std::any_of(snapshot.fetched.begin(), snapshot.fetched.end(), [&](const token::FetchedSeen& fetched) {
        return fetched.url == wish.url && fetched.request_sha256 == digest;
    });
}

/// Those that can be asked: revocation is never asked for over https or ldap (RFC 5280 section 8: a TLS handshake would
/// ask for revocation in its turn).
std::vector<std::string> http_urls(const std::vector<std::string>& urls) {
    std::vector<std::string> found;
    std::copy_if(urls.begin(), urls.end(), std::back_inserter(found),
                 [](const std::string& url) { return url.starts_with("http://"); });
    return found;
}

/// Responder and list by turns, the responder first.
std::vector<Wish> candidates(const pki::Certificate& certificate, const pki::Certificate& issuer) {
    const auto responders = http_urls(certificate.ocsp_urls);
    const auto lists = http_urls(certificate.crl_urls);
    const Bytes request = responders.empty() ? Bytes{} : pki::make_ocsp_request(certificate, issuer);
    std::vector<Wish> wishes;
    for (std::size_t i = 0; i < std::max(responders.size(), lists.size()); ++i) {
        if (i < responders.size()) wishes.push_back({responders[i], request});
        if (i < lists.size()) wishes.push_back({lists[i], {}});
    }
    return wishes;
}

bool is_unanswered(const report::Subject& subject) {
    return std::any_of(subject.findings.begin(), subject.findings.end(), [](const report::Finding& finding) {
        return finding.rung == Rung::cert_revocation && finding.outcome == report::Outcome::unknown;
    });
}

}  // namespace

std::vector<Wish> find_wishes(const token::Snapshot& snapshot, const Options& options) {
    if (!options.online) return {};
    const report::Report report = judge(snapshot, options);
    Authorities authorities(snapshot.trust);
    const Dossier dossier = open_dossier(snapshot, options, authorities);
    std::vector<Wish> wishes;
    // A report has its subjects in the order of the dossier's cases.
    for (std::size_t i = 0; i < dossier.cases.size(); ++i) {
        if (!is_unanswered(report.subjects[i])) continue;
        const pki::Certificate& certificate = *dossier.cases[i].certificate->certificate;
        const pki::Certificate* const issuer = find_real_issuer(certificate, dossier);
        if (issuer == nullptr) continue;
        for (Wish& wish : candidates(certificate, *issuer)) {
            if (was_asked(snapshot, wish)) continue;
            if (std::find(wishes.begin(), wishes.end(), wish) == wishes.end()) wishes.push_back(std::move(wish));
            break;
        }
    }
    return wishes;
}

}  // namespace scca::checks
