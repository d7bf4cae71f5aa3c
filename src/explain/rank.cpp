// SPDX-License-Identifier: Apache-2.0
#include "rank.hpp"

#include <algorithm>
#include <cmath>

namespace scca::explain {
namespace {

/// A problem while it is being judged.
struct Claim {
    faq::Id id;
    double score = 0;
    std::uint32_t first = 0, end = 0;  ///< symbols of the folded text
    bool by_message = false;
};

/// How sure a message's hit is, 0 to 1. Complete ones count by coverage; pieces by how much they tell.
double score_of(const MessageHit& hit, const Findings& findings) {
    const double told = hit.alignment.score;
    double score = hit.coverage;
    constexpr double a_lot = 300;  // some 12 characters
    const double piece = std::min(1.0, told / a_lot) * 0.9;
    score = std::max(score, piece);
    constexpr double a_little = 90;
    if (told < a_little) score *= told / a_little;
    if (hit.thing < 0.3) score *= 0.55;
    const bool foreign = findings.evidence != nullptr && findings.evidence->foreign;
    if (foreign && hit.coverage < 0.85) score *= 0.6;
    return score;
}

}  // namespace

void rank(const Findings& findings, Explanation& explanation) {
    std::vector<Claim> claims;
    for (const MessageHit& hit : findings.messages) {
        if (!hit.phrase->has_entry) continue;
        claims.push_back({hit.phrase->entry, score_of(hit, findings), hit.alignment.first, hit.alignment.end, true});
    }
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.score > b.score; });
    for (const Claim& claim : claims) {
        if (claim.score < 0.5) break;
        Match match;
        match.id = claim.id;
        match.score = claim.score;
        match.at = findings.folded[claim.first].at;
        const bool known = std::any_of(explanation.matches.begin(), explanation.matches.end(), [&](const Match& m) { return m.id == claim.id; });
        if (!known) explanation.matches.push_back(match);
    }
}

}  // namespace scca::explain
