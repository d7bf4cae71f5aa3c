// SPDX-License-Identifier: Apache-2.0
#include "chain.hpp"

#include "chain_limits.hpp"
#include "dossier.hpp"
#include "scca.hpp"
#include "weak_digest.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace scca::checks {
namespace {

constexpr std::size_t longest_chain = 10;

/// Signatures of one certificate's issuers that may be verified in vain; few, where a file has shown that it is made to
/// keep a judge busy.
std::size_t tries_left(const Dossier& dossier) {
    constexpr std::size_t most_tries = 64;
    constexpr std::size_t few_tries = 4;
    constexpr std::size_t many_failed = 1024;
    return dossier.chains.failed_tries < many_failed ? most_tries : few_tries;
}

bool may_sign_certificates(const pki::Certificate& issuer) {
    return issuer.is_ca.value_or(false) && (!issuer.key_usage || issuer.has_usage(pki::KeyUsage::key_cert_sign));
}

bool is_trusted(const pki::Certificate& certificate, const Dossier& dossier) {
    const auto& trusted = dossier.authorities->trusted();
    const auto same = [&](const pki::Certificate& other) { return other.der == certificate.der; };
    return std::any_of(trusted.begin(), trusted.end(), same) || is_known_ca(certificate);
}

/// The name, and the key identifier where both tell it (RFC 5280 4.2.1.1): two CAs of one name are two CAs, and a
/// certificate of the one is no forgery of the other.
bool may_have_issued(const pki::Certificate& issuer, const pki::Certificate& certificate) {
    if (!pki::same_name(issuer.subject, certificate.issuer) || issuer.der == certificate.der) return false;
    return certificate.authority_key_id.empty() || issuer.subject_key_id.empty() ||
           certificate.authority_key_id == issuer.subject_key_id;
}

struct Link {
    const pki::Certificate* issuer = nullptr;
    pki::SignatureCheck check;
};

bool is_valid(const pki::Certificate& certificate, Moment at) {
    return certificate.not_before && certificate.not_after && *certificate.not_before <= at &&
           at <= *certificate.not_after;
}

bool is_sound(const pki::Certificate& ca, Moment at) { return ca.unknown_critical.empty() && is_valid(ca, at); }

/// Which of those that may have signed it is best: one that is valid and leads on, or is itself trusted; then one whose
/// own signature is weak; then a root, since its key may have been signed with an older one that is trusted.
enum class Rank : std::uint8_t { best, weak, weakest, root, out_of_dates };

Rank rank_of(const pki::Certificate& issuer, const Dossier& dossier) {
    if (!is_valid(issuer, dossier.options->at)) return Rank::out_of_dates;
    const bool root = issuer.is_self_issued() &&
                      (issuer.authority_key_id.empty() || issuer.authority_key_id == issuer.subject_key_id);
    const DigestStrength strength = digest_strength(issuer.signature_oid);
    // Whoever trusts a CA does not ask who signed it.
    if ((!root && strength == DigestStrength::sound) || is_trusted(issuer, dossier)) return Rank::best;
    if (root) return Rank::root;
    return strength == DigestStrength::weak ? Rank::weak : Rank::weakest;
}

/// Who signed one certificate. Every key of a CA that bears the right name is tried, up to a bound: files with hundreds
/// of them are made to keep a judge busy.
class IssuerSearch {
public:
    IssuerSearch(const pki::Certificate& certificate, const Dossier& dossier)
        : certificate_(certificate), dossier_(dossier), tries_(tries_left(dossier)) {}

    /// No issuer when nobody supplied one.
    [[nodiscard]] Link find() {
        Link by_name;
        for (const auto* pool : {&dossier_.authorities->trusted(), &dossier_.supplied}) {
            Link link = find_among(*pool, by_name);
            if (link.issuer != nullptr) return link;
        }
        if (by_name.issuer != nullptr) return by_name;
        // One that is no CA and signed all the same, or came from an address: the name alone would accuse nobody.
        for (const auto& document : dossier_.fetched) {
            for (const pki::Certificate& candidate : document->authorities) {
                if (Link link = try_key(candidate); holds(link.check)) return link;
            }
        }
        for (const CertificateCase& one : dossier_.certificates) {
            if (!one.certificate) continue;
            if (Link link = try_key(*one.certificate); holds(link.check)) return link;
        }
        return {};
    }

private:
    /// No issuer when it is not named so, or enough were tried.
    [[nodiscard]] Link try_key(const pki::Certificate& candidate) {
        if (tries_ == 0 || !may_have_issued(candidate, certificate_)) return {};
        Link link{&candidate, dossier_.authorities->verify_issued(certificate_, candidate)};
        if (holds(link.check)) return link;
        --tries_;
        ++dossier_.chains.failed_tries;
        return link;
    }

    [[nodiscard]] Link find_among(const std::vector<pki::Certificate>& pool, Link& by_name) {
        Link best;
        Rank best_rank{};
        // Whose key identifier is the one that is asked for comes first; one without any may be anybody's.
        for (const bool identified : {true, false}) {
            for (const pki::Certificate& candidate : pool) {
                if (candidate.subject_key_id.empty() == identified) continue;
                // Of hundreds with one key only those are verified that would be better.
                if (best.issuer != nullptr && rank_of(candidate, dossier_) >= best_rank) continue;
                Link link = try_key(candidate);
                if (link.issuer == nullptr) continue;
                if (!holds(link.check)) {
                    if (by_name.issuer == nullptr) by_name = std::move(link);
                    continue;
                }
                best = std::move(link);
                best_rank = rank_of(candidate, dossier_);
                if (best_rank == Rank::best) return best;
            }
        }
        return best;
    }

    const pki::Certificate& certificate_;
    const Dossier& dossier_;
    std::size_t tries_;  ///< that may still fail
};

/// A self-issued certificate is a root when it signed itself. One that another key signed goes with a change of keys
/// (RFC 4210 4.4.1, "new with old").
bool is_root(const pki::Certificate& certificate, const Dossier& dossier) {
    if (!certificate.is_self_issued()) return false;
    const Bytes& own = certificate.subject_key_id;
    const Bytes& signer = certificate.authority_key_id;
    if (!own.empty() && !signer.empty()) return own == signer;
    return dossier.authorities->verify_issued(certificate, certificate).outcome != pki::Verification::fails;
}

/// How the chain ends at its last issuer; nothing when it goes on.
std::optional<ChainEnd> find_end(const Chain& chain, const Dossier& dossier) {
    const pki::Certificate& last = *chain.issuers.back();
    if (!may_sign_certificates(last)) return ChainEnd::not_a_ca;
    // RFC 5280 6.1.4 l: the CA certificates between this issuer and the end entity, without the self-issued ones.
    const auto between = std::count_if(chain.issuers.begin(), chain.issuers.end() - 1,
                                       [](const pki::Certificate* one) { return !one->is_self_issued(); });
    if (last.path_length && between > static_cast<std::ptrdiff_t>(*last.path_length)) return ChainEnd::path_length;
    if (is_trusted(last, dossier)) return ChainEnd::trusted;
    return std::nullopt;
}

/// A way to a trusted CA that taking the best issuer at each step has missed, because another certificate of a CA on it
/// leads there (cross-certificates, RFC 4158 2.3). Depth first; no CA is entered again at a depth at which it led
/// nowhere, so that CAs which all signed each other are soon told.
class PathSearch {
public:
    /// Over CAs that are valid and have no critical extension that nobody knows; or over any.
    enum class Through : std::uint8_t { sound, any };

    PathSearch(const Dossier& dossier, Through through)
        : dossier_(dossier),
          through_(through),
          in_vain_(dossier.chains.in_vain[static_cast<std::size_t>(through)]),
          tries_(tries_left(dossier)) {}

    /// The first trusted path whose signatures all hold, in order of rank.
    [[nodiscard]] std::optional<Chain> find(const pki::Certificate& certificate) {
        const std::size_t most = tries_;
        lowest_ = &certificate;
        const bool found = follow(certificate);
        if (!found) dossier_.chains.failed_tries += most - tries_;
        // What was passed over on the way to success, or left when the tries were spent, may yet lead somewhere.
        if (found || given_up_) in_vain_.clear();
        return found ? std::optional(std::move(path_)) : std::nullopt;
    }

    /// Whether the tries were spent before all ways were.
    [[nodiscard]] bool has_given_up() const noexcept { return given_up_; }

private:
    /// Whether the path now leads from this certificate to trust.
    bool follow(const pki::Certificate& certificate) {
        if (path_.issuers.size() >= longest_chain) return false;
        for (const pki::Certificate* issuer : find_candidates(certificate, dossier_)) {
            if (is_in_vain(*issuer)) continue;
            given_up_ = given_up_ || tries_ == 0;
            if (given_up_) return false;
            const pki::SignatureCheck& check = dossier_.authorities->verify_issued(certificate, *issuer);
            --tries_;
            if (!holds(check)) continue;
            in_vain_[issuer] = path_.issuers.size();
            path_.issuers.push_back(issuer);
            path_.checks.push_back(check);
            const std::size_t before = foreign_;
            if (leads_to_trust(*issuer)) return true;
            // From another certificate it may lead there.
            if (foreign_ != before) in_vain_.erase(issuer);
            path_.issuers.pop_back();
            path_.checks.pop_back();
        }
        return false;
    }

    bool leads_to_trust(const pki::Certificate& issuer) {
        if (issuer.limits_names && is_foreign()) return false;
        if (const auto end = find_end(path_, dossier_)) {
            path_.end = *end;
            return path_.end == ChainEnd::trusted;
        }
        return !is_root(issuer, dossier_) && follow(issuer);
    }

    /// Whether the last CA of the path may not issue for one below it; also when nobody can tell, on a sound path.
    bool is_foreign() {
        const auto found = find_foreign_name(*lowest_, path_.issuers, *dossier_.authorities);
        const bool foreign = found && (!found->unread || through_ == Through::sound);
        if (foreign) ++foreign_;
        return foreign;
    }

    /// A CA that stands in the path was entered at a lower depth, too.
    [[nodiscard]] bool is_in_vain(const pki::Certificate& issuer) const {
        if (through_ == Through::sound && !is_sound(issuer, dossier_.options->at)) return true;
        const auto known = in_vain_.find(&issuer);
        return known != in_vain_.end() && known->second <= path_.issuers.size();
    }

    const Dossier& dossier_;
    Through through_;
    ChainMemory::Depths& in_vain_;
    std::size_t tries_;
    bool given_up_ = false;
    std::size_t foreign_ = 0;  ///< paths that ended at a CA which may not issue for one below it
    const pki::Certificate* lowest_ = nullptr;
    Chain path_;
};

/// A CA that bears the issuer's name and, by its key identifier, is another.
const pki::Certificate* find_namesake(const pki::Certificate& certificate, const Dossier& dossier) {
    for (const auto* pool : {&dossier.authorities->trusted(), &dossier.supplied}) {
        for (const pki::Certificate& candidate : *pool) {
            if (pki::same_name(candidate.subject, certificate.issuer) && candidate.der != certificate.der)
                return &candidate;
        }
    }
    return nullptr;
}

/// The best issuer at each step, wherever that leads.
Chain follow_best(const pki::Certificate& certificate, const Dossier& dossier) {
    Chain chain;
    if (is_trusted(certificate, dossier)) {
        chain.end = ChainEnd::trusted;
        return chain;
    }
    const pki::Certificate* current = &certificate;
    while (!is_root(*current, dossier)) {
        auto [issuer, check] = IssuerSearch(*current, dossier).find();
        const bool seen = std::ranges::find(chain.issuers, issuer) != chain.issuers.end();
        // Keys that signed each other are no loop, and a name that is also one's own accuses nobody.
        if (current->is_self_issued() && (issuer == nullptr || seen || !holds(check))) break;
        if (issuer == nullptr) {
            chain.namesake = find_namesake(*current, dossier);
            return chain;
        }
        if (seen || chain.issuers.size() >= longest_chain) {
            chain.end = ChainEnd::loop;
            return chain;
        }
        chain.issuers.push_back(issuer);
        chain.checks.push_back(std::move(check));
        if (const auto end = find_end(chain, dossier)) {
            chain.end = *end;
            return chain;
        }
        current = issuer;
    }
    chain.end = ChainEnd::untrusted_root;
    return chain;
}

}  // namespace

std::vector<const pki::Certificate*> find_candidates(const pki::Certificate& certificate, const Dossier& dossier) {
    std::vector<std::pair<Rank, const pki::Certificate*>> ranked;
    const auto add_from = [&](const std::vector<pki::Certificate>& pool) {
        for (const pki::Certificate& candidate : pool) {
            if (may_have_issued(candidate, certificate)) ranked.emplace_back(rank_of(candidate, dossier), &candidate);
        }
    };
    add_from(dossier.authorities->trusted());
    add_from(dossier.supplied);
    for (const auto& document : dossier.fetched) add_from(document->authorities);
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const pki::Certificate*> found;
    for (const auto& [rank, candidate] : ranked) found.push_back(candidate);
    return found;
}

Chain build_chain(const pki::Certificate& certificate, const Dossier& dossier) {
    const auto limited = [](const pki::Certificate* one) { return is_limited(*one); };
    Chain best = follow_best(certificate, dossier);
    best.limited = std::ranges::any_of(best.issuers, limited);
    const auto valid = [&](const pki::Certificate* one) { return is_valid(*one, dossier.options->at); };
    const bool trusted = best.end == ChainEnd::trusted && std::ranges::all_of(best.checks, holds);
    const auto limit = trusted && best.limited ? find_limit(certificate, best, dossier) : std::nullopt;
    if (best.issuers.empty() || (trusted && !limit && std::ranges::all_of(best.issuers, valid))) return best;
    for (const auto through : {PathSearch::Through::sound, PathSearch::Through::any}) {
        PathSearch search(dossier, through);
        if (auto other = search.find(certificate)) {
            other->limited = std::ranges::any_of(other->issuers, limited);
            return std::move(*other);
        }
        // Through any other CA no better path leads to trust than this.
        if (trusted && (!limit || limit->outcome != report::Outcome::failed)) return best;
        best.given_up = best.given_up || search.has_given_up();
    }
    return best;
}

bool holds(const pki::SignatureCheck& check) noexcept {
    return check.outcome == pki::Verification::holds || check.outcome == pki::Verification::near_miss;
}

std::string_view name_of(ChainEnd end) noexcept {
    constexpr std::array<std::string_view, 6> names{"trusted",  "issuer-missing", "untrusted-root",
                                                    "not-a-ca", "path-length",    "loop"};
    return names[static_cast<std::size_t>(end)];
}

const Chain& chain_of(const pki::Certificate& certificate, const Dossier& dossier) {
    ChainMemory& memory = dossier.chains;
    if (memory.first == &certificate) return memory.first_built;
    const auto known = memory.built.find(&certificate);
    if (known != memory.built.end()) return known->second;
    Chain chain = build_chain(certificate, dossier);
    if (memory.first != nullptr) return memory.built.emplace(&certificate, std::move(chain)).first->second;
    memory.first = &certificate;
    return memory.first_built = std::move(chain);
}

std::vector<CaAbove> find_cas_above(const pki::Certificate& certificate, const Dossier& dossier) {
    const Chain& chain = chain_of(certificate, dossier);
    std::vector<CaAbove> found;
    for (std::size_t i = 0; i + 1 < chain.issuers.size() && holds(chain.checks[i + 1]); ++i) {
        found.push_back({chain.issuers[i], chain.issuers[i + 1]});
    }
    return found;
}

bool belies_itself(const pki::Certificate& certificate, const Dossier& dossier) {
    const Bytes& signer = certificate.authority_key_id;
    return certificate.is_self_issued() && (signer.empty() || signer == certificate.subject_key_id) &&
           dossier.authorities->verify_issued(certificate, certificate).outcome == pki::Verification::fails;
}

bool is_forged(const pki::Certificate& certificate, const Chain& chain, const Dossier& dossier) {
    const auto impersonates = [](const pki::Certificate* issuer) { return impersonates_known_ca(*issuer); };
    const auto fails = [](const pki::SignatureCheck& check) { return check.outcome == pki::Verification::fails; };
    const bool alone = chain.issuers.empty() && chain.end != ChainEnd::issuer_missing;
    return impersonates_known_ca(certificate) || std::ranges::any_of(chain.issuers, impersonates) ||
           (std::ranges::any_of(chain.checks, fails) && !chain.given_up) ||
           (alone && belies_itself(certificate, dossier));
}

}  // namespace scca::checks
