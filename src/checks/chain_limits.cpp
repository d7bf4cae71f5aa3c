// SPDX-License-Identifier: Apache-2.0
#include "chain_limits.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

using Path = std::vector<const pki::Certificate*>;

/// RFC 5280 6.1.3 b and c, of directory names.
bool may_be_issued(const pki::DistinguishedName& subject, const std::vector<pki::NameSubtree>& subtrees) {
    bool restricted = false;
    bool permitted = false;
    for (const pki::NameSubtree& one : subtrees) {
        if (!one.base) continue;
        const bool within = pki::is_within(subject, *one.base);
        if (one.excluded && within) return false;
        if (one.excluded) continue;
        restricted = true;
        permitted = permitted || within;
    }
    return !restricted || permitted || subject.attributes.empty();
}

/// `below`: those that stand under the CA, the certificate that is judged first.
std::optional<Judgement> find_foreign_name(const pki::Certificate& ca, std::span<const pki::Certificate* const> below) {
    for (const pki::Certificate* one : below) {
        // A CA's own new key bears the CA's own name (RFC 5280 6.1.3 b).
        if ((one != below.front() && one->is_self_issued()) || may_be_issued(one->subject, ca.name_subtrees)) continue;
        return failed(faq::id::cert_untrusted, {{"reason", std::string("name-constraints")},
                                                {"ca", ca.subject.text()},
                                                {"certificate", one->subject.text(), report::Privacy::name}});
    }
    return std::nullopt;
}

}  // namespace

std::optional<Judgement> find_limit(const pki::Certificate& certificate, const Chain& chain) {
    const auto has_limit = [](const pki::Certificate* one) {
        return !one->name_subtrees.empty() || !one->unknown_critical.empty();
    };
    if (certificate.unknown_critical.empty() && std::ranges::none_of(chain.issuers, has_limit)) return std::nullopt;
    Path path{&certificate};
    path.insert(path.end(), chain.issuers.begin(), chain.issuers.end());
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (auto found = find_foreign_name(*path[i], std::span(path).first(i))) return found;
    }
    for (const pki::Certificate* one : path) {
        if (one->unknown_critical.empty()) continue;
        return warned(faq::id::cert_untrusted, {{"reason", std::string("critical-extension")},
                                                {"certificate", one->subject.text(), report::Privacy::name},
                                                {"unknown_critical", one->unknown_critical}});
    }
    for (const pki::Certificate* ca : chain.issuers) {
        const auto is_other = [](const pki::NameSubtree& subtree) { return !subtree.base; };
        if (std::ranges::none_of(ca->name_subtrees, is_other)) continue;
        return unknown(std::nullopt, {{"reason", std::string("other-names")}, {"ca", ca->subject.text()}});
    }
    return std::nullopt;
}

}  // namespace scca::checks
