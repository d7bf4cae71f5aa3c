// SPDX-License-Identifier: Apache-2.0
//
// seal.maker: could the maker's certificate make this seal? Judged at the moment of creation: a real seal outlives its
// maker's certificate, and some are older than it by days, so this never fails.
#include "rungs.hpp"

#include "chain.hpp"

namespace scca::checks {
Judgements check_seal_maker(const Case& seal, const Dossier& dossier) {
    const SealCase& one = *seal.seal;
    const auto warn = [](std::string reason, report::Fields more = {}) {
        more.insert(more.begin(), {"reason", std::move(reason)});
        return Judgements{warned(faq::id::seal_maker_invalid, std::move(more))};
    };
    if (!one.maker || !one.maker->defects.empty()) return warn("unreadable");
    const pki::Certificate& maker = *one.maker;
    if (maker.key_usage && !maker.has_usage(pki::KeyUsage::digital_signature) &&
        !maker.has_usage(pki::KeyUsage::non_repudiation)) {
        return warn("usage");
    }
    const auto& created = one.seal->created;
    if (created && maker.not_before && maker.not_after &&
        (*created < *maker.not_before || *created > *maker.not_after)) {
        return warn("created-outside-validity",
                    {{"created", *created}, {"not_before", *maker.not_before}, {"not_after", *maker.not_after}});
    }
    const Chain& chain = chain_of(maker, dossier);
    if (is_forged(maker, chain, dossier)) return warn("forged");
    const bool unanswered = chain.end == ChainEnd::issuer_missing || chain.end == ChainEnd::untrusted_root;
    if (chain.end != ChainEnd::trusted && (dossier.trust_given() || !unanswered)) {
        if (chain.given_up) return {unknown(std::nullopt, {{"reason", std::string("given-up")}})};
        return warn(std::string(name_of(chain.end)));
    }
    if (unanswered) return {noted({{"reason", std::string(name_of(chain.end))}})};
    return {passed()};
}
}  // namespace scca::checks
