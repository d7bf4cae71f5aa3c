// SPDX-License-Identifier: Apache-2.0
#include "chain_limits.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

/// A mail address is somebody's, as it is in a name.
report::Privacy privacy_of(std::string_view kind, std::string_view text) {
    if (kind == "directory") return report::Privacy::name;
    return kind == "mail" && text.find('@') != std::string_view::npos ? report::Privacy::number : report::Privacy::open;
}

/// The name and the rule, in as far as they can be told.
void put_broken_limit(report::Fields& evidence, pki::BrokenLimit broken) {
    const std::size_t untold = broken.limits_in_all - broken.limits.size();
    auto privacy = report::Privacy::open;
    for (const std::string& limit : broken.limits) privacy = std::max(privacy, privacy_of(broken.kind, limit));
    evidence.push_back({"name_kind", std::string(broken.kind)});
    evidence.push_back({"name", broken.name, privacy_of(broken.kind, broken.name)});
    evidence.push_back({broken.excluded ? "excluded" : "permitted", std::move(broken.limits), privacy});
    if (untold > 0) evidence.push_back({"permitted_besides", static_cast<std::int64_t>(untold)});
}

std::optional<Judgement> find_foreign(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier) {
    std::optional<Judgement> unread;
    for (std::size_t above = 1; above <= chain.issuers.size(); ++above) {
        const std::span issuers = std::span(chain.issuers).first(above);
        const auto found = find_foreign_name(certificate, issuers, *dossier.authorities);
        if (!found || (found->unread && unread)) continue;
        report::Fields evidence{{"reason", std::string(found->unread ? "other-names" : "name-constraints")},
                                {"ca", issuers.back()->subject.text()},
                                {"certificate", found->holder->subject.text(), report::Privacy::name}};
        if (!found->unread) {
            auto broken = dossier.authorities->find_broken_limit(*found->holder, *issuers.back());
            if (broken) put_broken_limit(evidence, std::move(*broken));
            return failed(faq::id::cert_untrusted, std::move(evidence));
        }
        unread = unknown(faq::id::chain_unknown, std::move(evidence));
    }
    return unread;
}

}  // namespace

std::optional<ForeignName> find_foreign_name(const pki::Certificate& certificate,
                                             std::span<const pki::Certificate* const> issuers,
                                             Authorities& authorities) {
    const pki::Certificate& ca = *issuers.back();
    if (!ca.limits_names) return std::nullopt;
    std::optional<ForeignName> unread;
    for (std::size_t below = 0; below < issuers.size(); ++below) {
        const pki::Certificate& holder = below == 0 ? certificate : *issuers[below - 1];
        // A CA's own new key bears the CA's own name (RFC 5280 6.1.3 b).
        if (below != 0 && holder.is_self_issued()) continue;
        const pki::NamesHeld held = authorities.verify_names(holder, ca);
        if (held == pki::NamesHeld::foreign) return ForeignName{&holder, false};
        if (held == pki::NamesHeld::unread && !unread) unread = ForeignName{&holder, true};
    }
    return unread;
}

std::optional<Judgement> find_limit(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier) {
    if (certificate.unknown_critical.empty() && !chain.limited) return std::nullopt;
    auto foreign = find_foreign(certificate, chain, dossier);
    if (foreign && foreign->outcome == report::Outcome::failed) return foreign;
    std::vector<const pki::Certificate*> path{&certificate};
    path.insert(path.end(), chain.issuers.begin(), chain.issuers.end());
    for (const pki::Certificate* one : path) {
        if (one->unknown_critical.empty()) continue;
        return warned(faq::id::cert_untrusted, {{"reason", std::string("critical-extension")},
                                                {"certificate", one->subject.text(), report::Privacy::name},
                                                {"unknown_critical", one->unknown_critical}});
    }
    return foreign;
}

}  // namespace scca::checks
