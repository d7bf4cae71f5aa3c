// SPDX-License-Identifier: Apache-2.0
//
// signature.time: were certificate and seal valid when it was signed? The time inside the signature counts; the text in
// Signature.xml, in UTC or Beijing time without saying which, only where there is no other.
#include "rungs.hpp"

#include "stated_time.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

struct Span {
    std::string_view of;
    std::optional<Moment> from, to;

    [[nodiscard]] bool holds(Moment moment) const { return (!from || *from <= moment) && (!to || moment <= *to); }
};

std::vector<Span> spans_of(const SignatureCase& one) {
    std::vector<Span> spans;
    if (one.signer && one.signer->certificate) {
        spans.push_back({"certificate", one.signer->certificate->not_before, one.signer->certificate->not_after});
    }
    if (one.seal != nullptr && one.seal->seal)
        spans.push_back({"seal", one.seal->seal->valid_from, one.seal->seal->valid_to});
    return spans;
}

}  // namespace

Judgements check_signature_time(const Case& signature, const Dossier&) {
    const SignatureCase& one = *signature.signature;
    const pki::SignedValue& value = *one.signature.value;
    const auto moments = value.signed_at ? std::vector{*value.signed_at} : moments_of(one.signature.date);
    const std::vector<Span> spans = spans_of(one);
    if (moments.empty() || spans.empty()) return {};
    report::Fields evidence{
        {"signed_at", moments.back()},
        {"source", value.signed_at ? std::string(name_of(value.time_source)) : "SignatureDateTime"}};
    if (value.signed_at && !one.signature.date.empty()) evidence.push_back({"stated", one.signature.date});
    for (const Span& span : spans) {
        if (std::any_of(moments.begin(), moments.end(), [&](Moment moment) { return span.holds(moment); })) continue;
        evidence.push_back({"reason", "outside-" + std::string(span.of)});
        if (span.from) evidence.push_back({"not_before", *span.from});
        if (span.to) evidence.push_back({"not_after", *span.to});
        return {warned(faq::id::signed_outside_validity, std::move(evidence))};
    }
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
