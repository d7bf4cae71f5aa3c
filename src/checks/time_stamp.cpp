// SPDX-License-Identifier: Apache-2.0
#include "time_stamp.hpp"

#include "chain.hpp"
#include "subjects.hpp"

#include "scca/pki/der.hpp"
#include "scca/pki/digest.hpp"
#include "scca/pki/time_stamp.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

constexpr std::string_view time_stamping = "1.3.6.1.5.5.7.3.8";  // RFC 5280 4.2.1.12

struct Opened {
    pki::TimeStamp stamp;
    std::optional<pki::Certificate> authority;
};

/// A word for the first thing that does not hold; empty when all do. `unknown` words are those that accuse nobody.
struct Verdict {
    std::string_view reason;
    bool unknown = false;
};

/// Over the octets of the signature, or over the BIT STRING that they stand in.
Verdict judge_imprint(const pki::TimeStamp& stamp, ByteView value) {
    const auto method = pki::find_digest_method(stamp.digest_oid);
    if (!method) return {"stamp-unknown-digest", true};
    if (pki::digest(*method, value) == stamp.imprint) return {};
    Bytes bits{0};
    bits.insert(bits.end(), value.begin(), value.end());
    if (pki::digest(*method, pki::der::wrap(pki::der::Tag::bit_string, bits)) == stamp.imprint) return {};
    return {"stamp-imprint"};
}

/// SignerInfo: with attributes these are what was signed, and messageDigest ties the TSTInfo to them (RFC 5652 5.4).
Verdict judge_signature(const Opened& opened, const Dossier& dossier) {
    const pki::SignedData& made = opened.stamp.signed_data;
    if (!opened.authority) return {"stamp-no-certificate", true};
    if (!made.attributes.empty()) {
        const auto method = pki::find_digest_method(made.digest_oid);
        if (!method) return {"stamp-unknown-digest", true};
        if (pki::digest(*method, *made.content) != made.message_digest) return {"stamp-signature"};
    }
    const Bytes& covered = made.attributes.empty() ? *made.content : made.attributes;
    switch (dossier.authorities->verifier()
                .verify_signature(opened.authority->public_key, made.signature_oid, covered, made.signature)
                .outcome) {
        case pki::Verification::holds:
        case pki::Verification::near_miss: return {};
        case pki::Verification::unsupported: return {"stamp-unsupported", true};
        case pki::Verification::fails: break;
    }
    return {"stamp-signature"};
}

Verdict judge_authority(const Opened& opened, const Dossier& dossier) {
    const pki::Certificate& authority = *opened.authority;
    const Moment time = *opened.stamp.time;
    const bool early = authority.not_before && time < *authority.not_before;
    if (early || (authority.not_after && time > *authority.not_after)) return {"stamp-certificate-dates"};
    const auto& purposes = authority.extended_key_usage;
    if (!purposes.empty() && std::find(purposes.begin(), purposes.end(), time_stamping) == purposes.end()) {
        return {"stamp-usage"};
    }
    const Chain chain = build_chain(authority, dossier);
    const bool unanswered = chain.end == ChainEnd::issuer_missing || chain.end == ChainEnd::untrusted_root;
    if (chain.end != ChainEnd::trusted && (dossier.trust_given() || !unanswered))
        return {"stamp-chain", chain.given_up};
    if (is_forged(authority, chain, dossier)) return {"stamp-chain"};
    return {};
}

Verdict judge_opened(const Opened& opened, const Stamped& stamped, const Dossier& dossier) {
    if (!opened.stamp.defects.empty() || !opened.stamp.time) return {"stamp-unreadable"};
    if (const Verdict over = judge_imprint(opened.stamp, stamped.value); !over.reason.empty()) return over;
    if (stamped.not_before && *opened.stamp.time < *stamped.not_before) return {"stamp-too-early"};
    if (const Verdict by = judge_signature(opened, dossier); !by.reason.empty()) return by;
    return judge_authority(opened, dossier);
}

}  // namespace

Judgements judge_time_stamp(const Stamped& stamped, const Dossier& dossier) {
    if (stamped.token.empty()) return {};
    auto parsed = pki::parse_time_stamp(stamped.token);
    if (!parsed) return {warned(faq::id::time_stamp_invalid, {{"reason", std::string("stamp-unreadable")}})};
    Opened opened{std::move(*parsed), {}};
    if (auto authority = pki::parse_certificate(opened.stamp.signed_data.signer_certificate)) {
        opened.authority = std::move(*authority);
    }
    const Verdict verdict = judge_opened(opened, stamped, dossier);
    report::Fields evidence;
    if (!verdict.reason.empty()) evidence.push_back({"reason", std::string(verdict.reason)});
    if (opened.stamp.time) evidence.push_back({"stamped_at", *opened.stamp.time});
    if (opened.authority) evidence.push_back({"authority", holder_of(*opened.authority)});
    if (verdict.reason.empty()) return {passed(std::move(evidence))};
    if (verdict.unknown) return {unknown(faq::id::time_stamp_invalid, std::move(evidence))};
    return {warned(faq::id::time_stamp_invalid, std::move(evidence))};
}

}  // namespace scca::checks
