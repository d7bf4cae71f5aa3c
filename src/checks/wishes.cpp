// SPDX-License-Identifier: Apache-2.0
#include "wishes.hpp"

#include "dossier.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>
#include <string_view>

namespace scca::checks {
namespace {

bool was_asked(const Dossier& dossier, const Wish& wish) {
    const Bytes digest = wish.request.empty() ? Bytes{} : pki::sha256(wish.request);
    return std::any_of(dossier.fetched.begin(), dossier.fetched.end(), [&](const auto& document) {
        return document->seen.url == wish.url && document->seen.request_sha256 == digest;
    });
}

/// Wishes of one round that are asked side by side: more would take longer than one that is silent.
constexpr std::size_t most_at_once = 8;

/// Revocation is never asked for over https or ldap (RFC 5280 section 8: a TLS handshake would ask for revocation in
/// its turn). A scheme may be written in capitals (RFC 3986 section 3.1).
bool is_http(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    const auto is_same = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); };
    return url.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), is_same);
}

std::vector<std::string> http_urls(const std::vector<std::string>& urls) {
    std::vector<std::string> found;
    std::copy_if(urls.begin(), urls.end(), std::back_inserter(found), is_http);
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

void add(Wish wish, std::vector<Wish>& wishes) {
    if (std::find(wishes.begin(), wishes.end(), wish) == wishes.end()) wishes.push_back(std::move(wish));
}

/// What is still to be asked about one certificate, the best first; nothing when its revocation is known.
std::vector<Wish> open_wishes(const pki::Certificate& certificate, const pki::Certificate& issuer,
                              const Dossier& dossier) {
    if (find_revocation(certificate, issuer, dossier).state != RevocationState::unanswered) return {};
    std::vector<Wish> wishes = candidates(certificate, issuer);
    std::erase_if(wishes, [&](const Wish& wish) { return was_asked(dossier, wish); });
    return wishes;
}

/// Where a chain breaks off, the address of the missing issuer's certificate (RFC 5280 4.2.2.1, caIssuers).
void wish_for_issuer(const pki::Certificate& certificate, const Dossier& dossier, std::vector<Wish>& wishes) {
    const Chain& chain = chain_of(certificate, dossier);
    if (chain.end != ChainEnd::issuer_missing) return;
    const pki::Certificate& last = chain.issuers.empty() ? certificate : *chain.issuers.back();
    for (std::string& url : http_urls(last.issuer_urls)) {
        Wish wish{std::move(url), {}};
        if (!was_asked(dossier, wish)) return add(std::move(wish), wishes);
    }
}

bool is_unanswered(const report::Subject& subject) {
    return std::any_of(subject.findings.begin(), subject.findings.end(), [](const report::Finding& finding) {
        return finding.rung == Rung::cert_revocation && finding.outcome == report::Outcome::unknown;
    });
}

}  // namespace

bool names_address(const pki::Certificate& certificate) {
    return !certificate.ocsp_urls.empty() || !certificate.crl_urls.empty();
}

std::vector<std::string> find_unasked(const pki::Certificate& certificate, const Dossier& dossier) {
    std::vector<std::string> unasked;
    for (const auto* urls : {&certificate.ocsp_urls, &certificate.crl_urls}) {
        for (const std::string& url : *urls) {
            const bool asked = std::any_of(dossier.fetched.begin(), dossier.fetched.end(),
                                           [&](const auto& document) { return document->seen.url == url; });
            if (!asked && std::find(unasked.begin(), unasked.end(), url) == unasked.end()) unasked.push_back(url);
        }
    }
    return unasked;
}

std::vector<Wish> wishes_of(const Dossier& dossier, const report::Report& report, bool is_last) {
    std::vector<Wish> wishes, later;
    const auto wish_for = [&](const pki::Certificate& one, const pki::Certificate& issuer) {
        std::vector<Wish> open = open_wishes(one, issuer, dossier);
        if (open.empty()) return;
        add(std::move(open.front()), wishes);
        later.insert(later.end(), std::next(open.begin()), open.end());
    };
    // A report has its subjects in the order of the dossier's cases.
    for (std::size_t i = 0; i < dossier.cases.size(); ++i) {
        const CertificateCase* const one = dossier.cases[i].certificate;
        if (one == nullptr || !one->certificate) continue;
        const pki::Certificate& certificate = *one->certificate;
        wish_for_issuer(certificate, dossier, wishes);
        if (!is_unanswered(report.subjects[i])) continue;
        const pki::Certificate* const issuer = find_real_issuer(certificate, dossier);
        if (issuer == nullptr) continue;
        wish_for(certificate, *issuer);
        for (const auto& [ca, above] : find_cas_above(certificate, dossier)) wish_for(*ca, *above);
    }
    for (auto next = later.begin(); is_last && next != later.end() && wishes.size() < most_at_once; ++next) {
        add(std::move(*next), wishes);
    }
    return wishes;
}

}  // namespace scca::checks
