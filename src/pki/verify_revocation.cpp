// SPDX-License-Identifier: Apache-2.0
//
// Who signed a revocation list or an OCSP answer, and the digests by which OCSP names certificates. OpenSSL gives the
// digests alone: its own OCSP verification knows no signer ID and calls every SM2 answer forged.
#include "values.hpp"
#include "verify_openssl.hpp"

#include "scca/pki/der.hpp"
#include "scca/pki/revocation.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

using der::Tag;

/// AlgorithmIdentifier of SHA-1 with NULL, as every responder writes it.
constexpr std::array<std::uint8_t, 11> sha1_algorithm{0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00};
constexpr std::string_view sha1_oid = "1.3.14.3.2.26";

const char* digest_name(std::string_view oid) noexcept {
    if (oid == sha1_oid) return "SHA1";
    if (oid == "2.16.840.1.101.3.4.2.1") return "SHA256";
    if (oid == "2.16.840.1.101.3.4.2.2") return "SHA384";
    if (oid == "2.16.840.1.101.3.4.2.3") return "SHA512";
    if (oid == "1.2.156.10197.1.401" || oid == "1.2.156.10197.1.401.1") return "SM3";
    return nullptr;
}

/// Empty when the digest is none that is known here.
Bytes digest_by_oid(std::string_view oid, ByteView content) {
    const QuietErrors quiet;
    const char* const name = digest_name(oid);
    const std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>> method(name == nullptr ? nullptr
                                                                                : EVP_MD_fetch(nullptr, name, nullptr));
    Bytes value(EVP_MAX_MD_SIZE);
    unsigned int length = 0;
    if (!method || EVP_Digest(content.data(), content.size(), value.data(), &length, method.get(), nullptr) != 1)
        return {};
    value.resize(length);
    return value;
}

/// The octets of subjectPublicKey, without the count of unused bits (RFC 6960 4.1.1: issuerKeyHash).
Bytes key_octets(const Certificate& issuer) {
    der::Reader reader(issuer.public_key.spki);
    der::Element element;
    if (reader.step(element) != der::Break::none) return {};
    reader = reader.enter(element);
    if (reader.step(element) != der::Break::none || reader.step(element) != der::Break::none) return {};
    return bit_string_octets(element).value_or(Bytes{});
}

void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

SignerCheck held_or(const SignatureCheck& check, std::string_view reason) {
    switch (check.outcome) {
        case Verification::holds:
        case Verification::near_miss: return {.holds = true, .reason = {}, .how = check.how};
        case Verification::unsupported: return {.holds = false, .reason = "unsupported-algorithm", .how = {}};
        case Verification::fails: break;
    }
    return {.holds = false, .reason = std::string(reason), .how = {}};
}

/// Whether the issuer appointed the holder of `delegate` to answer for it.
SignerCheck check_appointed(const Certificate& delegate, const Certificate& issuer, const std::optional<Moment>& at) {
    constexpr std::string_view ocsp_signing = "1.3.6.1.5.5.7.3.9";
    const auto& purposes = delegate.extended_key_usage;
    if (!same_name(delegate.issuer, issuer.subject)) return held_or({}, "wrong-signer");
    SignerCheck check = held_or(verify_issued(delegate, issuer), "wrong-signer");
    if (!check.holds) return check;
    if (std::find(purposes.begin(), purposes.end(), ocsp_signing) == purposes.end()) {
        return held_or({}, "signer-not-appointed");
    }
    const bool valid =
        at && delegate.not_before && delegate.not_after && *at >= *delegate.not_before && *at <= *delegate.not_after;
    if (!valid) return held_or({}, "signer-expired");
    return check;
}

}  // namespace

Bytes make_ocsp_request(const Certificate& certificate, const Certificate& issuer) {
    Bytes id(sha1_algorithm.begin(), sha1_algorithm.end());
    append(id, der::wrap(Tag::octet_string, digest_by_oid(sha1_oid, certificate.issuer.der)));
    append(id, der::wrap(Tag::octet_string, digest_by_oid(sha1_oid, key_octets(issuer))));
    append(id, der::wrap(Tag::integer, parse_hex(certificate.serial).value_or(Bytes{})));
    // OCSPRequest { TBSRequest { requestList { Request { CertID } } } }
    Bytes request = std::move(id);
    for (int level = 0; level < 5; ++level) request = der::wrap(Tag::sequence, request);
    return request;
}

const OcspSingle* find_single(const OcspAnswer& answer, const Certificate& certificate, const Certificate& issuer) {
    const Bytes serial = parse_hex(certificate.serial).value_or(Bytes{});
    for (const OcspSingle& single : answer.singles) {
        const Bytes other = parse_hex(single.serial).value_or(Bytes{});
        if (!std::ranges::equal(magnitude(serial), magnitude(other))) continue;
        const Bytes name = digest_by_oid(single.digest_oid, certificate.issuer.der);
        if (name.empty() || name != single.issuer_name_digest) continue;
        if (digest_by_oid(single.digest_oid, key_octets(issuer)) == single.issuer_key_digest) return &single;
    }
    return nullptr;
}

SignerCheck verify_crl(const Crl& crl, const Certificate& issuer) {
    if (!same_name(crl.issuer, issuer.subject)) return held_or({}, "wrong-signer");
    SignerCheck check =
        held_or(verify_signature(issuer.public_key, crl.signature_oid, crl.tbs(), crl.signature), "wrong-signer");
    if (check.holds && issuer.key_usage && !issuer.has_usage(KeyUsage::crl_sign)) {
        return held_or({}, "signer-not-appointed");
    }
    return check;
}

SignerCheck verify_ocsp_answer(const OcspAnswer& answer, const Certificate& issuer) {
    const auto signed_by = [&](const PublicKey& key) {
        return held_or(verify_signature(key, answer.signature_oid, answer.der, answer.signature), "wrong-signer");
    };
    SignerCheck check = signed_by(issuer.public_key);
    for (const Bytes& der : answer.certificates) {
        if (check.holds) return check;
        const auto delegate = parse_certificate(der);
        if (!delegate) continue;
        SignerCheck other = signed_by(delegate->public_key);
        if (!other.holds) continue;
        const SignerCheck appointed = check_appointed(*delegate, issuer, answer.produced_at);
        check = appointed.holds ? std::move(other) : appointed;
    }
    return check;
}

}  // namespace scca::pki
