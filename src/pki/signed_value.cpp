// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/signed_value.hpp"

#include "scca/pki/container.hpp"
#include "scca/pki/refusal.hpp"
#include "scca/pki/ses_signature.hpp"
#include "scca/pki/signed_data.hpp"
#include "signature_encoding.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace scca::pki {
namespace {

constexpr std::string_view sm3_oid = "1.2.156.10197.1.401";
constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";
constexpr std::size_t sm2_octets = 32;

SignedValue value_of(SesSignature made) {
    SignedValue value;
    value.kind = SignedValueKind::seal_signature;
    value.seal = std::move(made.seal);
    value.signer_certificate = std::move(made.signer_certificate);
    value.signature_oid = std::move(made.signature_oid);
    value.signature = std::move(made.signature);
    value.covered = std::move(made.signed_bytes);
    value.original_digest = std::move(made.data_hash);
    value.digest_oid = sm3_oid;
    value.signed_at = made.signed_at;
    if (made.signed_at) {
        value.time_source = made.time_is_stamp  ? TimeSource::time_stamp
                            : made.time_is_text ? TimeSource::time_info_text
                                                : TimeSource::time_info;
    }
    value.time_stamp = std::move(made.time_stamp);
    value.defects = std::move(made.defects);
    return value;
}

/// The digest of the original is the content itself (also seen in base64) or the attribute messageDigest.
SignedValue value_of(SignedData made) {
    SignedValue value;
    value.kind = SignedValueKind::signed_data;
    value.signer_certificate = std::move(made.signer_certificate);
    value.signature_oid = std::move(made.signature_oid);
    value.signature = std::move(made.signature);
    value.digest_oid = std::move(made.digest_oid);
    value.original_digest = std::move(made.message_digest);
    value.signed_at = made.signing_time;
    if (made.signing_time) value.time_source = TimeSource::attribute;
    if (made.content && value.original_digest.empty()) {
        constexpr std::size_t longest_digest = 64;
        const auto decoded = made.content->size() > sm2_octets ? parse_base64(*made.content) : std::nullopt;
        value.original_digest = decoded && decoded->size() <= longest_digest ? *decoded : *made.content;
    }
    if (!made.attributes.empty()) {
        value.covered = std::move(made.attributes);
    } else if (made.content) {
        value.covered = std::move(*made.content);
    }
    value.defects = std::move(made.defects);
    return value;
}

/// 32 octets are far too few and 80 too many for two numbers of 256 bits.
bool looks_like_bare_signature(ByteView content) {
    constexpr std::size_t longest = 80;
    if (content.size() < 2 * sm2_octets || content.size() > longest) return false;
    const auto value = signature_value(content, sm2_octets);
    return value && std::any_of(content.begin(), content.end(), [](std::uint8_t octet) { return octet != 0; });
}

}  // namespace

std::string_view name_of(SignedValueKind kind) noexcept {
    constexpr std::array<std::string_view, 3> names{"seal-signature", "signed-data", "bare"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(TimeSource source) noexcept {
    constexpr std::array<std::string_view, 5> names{"", "timeInfo", "timeInfo-text", "timeStamp", "signingTime"};
    return names[static_cast<std::size_t>(source)];
}

Result<SignedValue> parse_signed_value(ByteView content) {
    if (looks_like_ses_signature(content)) return value_of(std::move(parse_ses_signature(content)).value());
    if (looks_like_signed_data(content)) return value_of(std::move(parse_signed_data(content)).value());
    if (content.empty()) return refused("SignedValue", Refusal::empty);
    if (!looks_like_bare_signature(content)) return refused("SignedValue", Refusal::no_signature);
    SignedValue bare;
    bare.signature_oid = sm2_with_sm3;
    bare.signature.assign(content.begin(), content.end());
    return bare;
}

}  // namespace scca::pki
