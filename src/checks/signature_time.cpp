// SPDX-License-Identifier: Apache-2.0
//
// signature.time: were certificate and seal valid when it was signed? The time inside the signature counts; the text in
// Signature.xml, in UTC or Beijing time without saying which, only where there is no other.
#include "rungs.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

using namespace std::chrono_literals;

constexpr auto beijing_offset = 8h;

/// The moments that SignatureDateTime may mean: "YYYY-MM-DD hh:mm:ss", "YYYYMMDDhhmmssZ", "…ss.mmmZ", "YYYYMMDDhhmmss".
/// Even a Z is not to be trusted.
std::vector<Moment> moments_of(std::string_view text) {
    constexpr std::size_t wanted = 14;
    std::string digits;
    for (const char c : text) {
        if (c == '.' || digits.size() == wanted) break;
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.size() != wanted) return {};
    const auto field = [&](std::size_t at, std::size_t count) {
        unsigned value = 0;
        for (const char c : digits.substr(at, count)) value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    const auto moment =
        moment_of(static_cast<int>(field(0, 4)), field(4, 2), field(6, 2), field(8, 2), field(10, 2), field(12, 2));
    if (!moment) return {};
    return {*moment, *moment - beijing_offset};
}

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
        {"signed_at", utc_text(moments.back())},
        {"source", value.signed_at ? std::string(name_of(value.time_source)) : "SignatureDateTime"}};
    if (value.signed_at && !one.signature.date.empty()) evidence.push_back({"stated", one.signature.date});
    for (const Span& span : spans) {
        if (std::any_of(moments.begin(), moments.end(), [&](Moment moment) { return span.holds(moment); })) continue;
        evidence.push_back({"outside", std::string(span.of)});
        if (span.from) evidence.push_back({"not_before", utc_text(*span.from)});
        if (span.to) evidence.push_back({"not_after", utc_text(*span.to)});
        return {warned(faq::id::signed_outside_validity, std::move(evidence))};
    }
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
