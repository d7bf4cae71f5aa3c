// SPDX-License-Identifier: Apache-2.0
//
// An X.509 certificate (RFC 5280) as a plain value. The broken certificate is the interesting one: what could be
// read is there, and `defects` says where and in which field the rest breaks. Verifies nothing.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::pki {

/// One attribute of a distinguished name, its value as UTF-8 whatever string type (or GBK in the wrong one) it came in.
struct NameAttribute {
    /// "CN", "O", "OU", "C", "ST", "L", "SN" (surname), "SERIALNUMBER" (2.5.4.5, which SCCA's own software calls SN),
    /// "E" …, else the dotted OID, or '#' and hexadecimal octets where no OID stands.
    std::string type;
    std::string value;

    bool operator==(const NameAttribute&) const = default;
};

struct DistinguishedName {
    std::vector<NameAttribute> attributes;  ///< in the order of the certificate
    Bytes der;                              ///< as it stands there

    /// First value of this type; empty when there is none.
    [[nodiscard]] std::string_view find(std::string_view type) const noexcept;
    /// "CN=…, O=…, C=CN", most particular first.
    [[nodiscard]] std::string text() const;
};

/// Two values of a name as RFC 5280 7.1 compares them: neither the case of ASCII letters counts nor spaces at the ends,
/// and several spaces are one.
[[nodiscard]] bool same_value(std::string_view one, std::string_view other) noexcept;
/// Likewise two names, whatever string types their values are written in. One without attributes is like none.
[[nodiscard]] bool same_name(const DistinguishedName& one, const DistinguishedName& other) noexcept;

enum class PublicKeyType : std::uint8_t { other, rsa, sm2, ec };

struct PublicKey {
    PublicKeyType type = PublicKeyType::other;
    std::string algorithm_oid;  ///< of the SubjectPublicKeyInfo, when it is none of these types
    std::size_t bits = 0;
    Bytes spki;                                          ///< the whole SubjectPublicKeyInfo, DER
    std::size_t content_offset = 0, content_length = 0;  ///< in `spki`

    /// RSA: modulus without leading zero; SM2 and EC: X then Y (uncompressed point without 04).
    [[nodiscard]] ByteView content() const { return ByteView(spki).subspan(content_offset, content_length); }
};

/// RFC 5280 4.2.1.3, bit 0 first.
enum class KeyUsage : std::uint16_t {
    digital_signature = 1U << 0U,
    non_repudiation = 1U << 1U,
    key_encipherment = 1U << 2U,
    data_encipherment = 1U << 3U,
    key_agreement = 1U << 4U,
    key_cert_sign = 1U << 5U,
    crl_sign = 1U << 6U,
    encipher_only = 1U << 7U,
    decipher_only = 1U << 8U,
};

struct Certificate {
    Bytes der;                                   ///< the certificate alone, without what followed it in the input
    std::size_t tbs_offset = 0, tbs_length = 0;  ///< of the signed part (tbsCertificate TLV) in `der`
    std::string serial;                          ///< lower-case hexadecimal of the INTEGER's content
    DistinguishedName issuer, subject;
    std::optional<Moment> not_before, not_after;
    PublicKey public_key;
    std::string signature_oid;                    ///< signatureAlgorithm
    Bytes signature;                              ///< signatureValue without the count of unused bits
    std::optional<std::uint16_t> key_usage;       ///< KeyUsage bits; nothing when the extension is absent
    std::vector<std::string> extended_key_usage;  ///< OIDs
    std::optional<bool> is_ca;                    ///< basicConstraints cA; nothing when the extension is absent
    std::optional<std::uint32_t> path_length;
    bool limits_names = false;  ///< has name constraints (RFC 5280 4.2.1.10), which are not read here
    Bytes subject_key_id, authority_key_id;
    std::vector<std::string> crl_urls, ocsp_urls, issuer_urls;
    std::vector<std::string> unknown_critical;  ///< OIDs of critical extensions whose meaning is not known here
    std::vector<Fault> defects;                 ///< kind damaged; the call is the field path, number the offset
    std::vector<Fault> flaws;  ///< likewise; written wrongly and read all the same, e.g. a time without zone

    [[nodiscard]] ByteView tbs() const { return ByteView(der).subspan(tbs_offset, tbs_length); }
    /// True only when the extension is there and has the bit.
    [[nodiscard]] bool has_usage(KeyUsage usage) const noexcept {
        return key_usage && (*key_usage & static_cast<std::uint16_t>(usage)) != 0;
    }
    /// Names are the same: a root says so of itself, and a CA that changes its key.
    [[nodiscard]] bool is_self_issued() const noexcept { return same_name(issuer, subject); }
};

/// Reads one certificate from DER. Refuses only what is no certificate at all (no outer SEQUENCE, or nothing readable
/// in it); everything else is a value with `defects`. A certificate is readable when `defects` is empty.
[[nodiscard]] Result<Certificate> parse_certificate(ByteView der);
/// The same of octets that it keeps.
[[nodiscard]] Result<Certificate> take_certificate(Bytes der);

/// An RDNSequence (RFC 5280 4.1.2.4) alone: as many of its attributes as can be read.
[[nodiscard]] DistinguishedName parse_name(ByteView der);

}  // namespace scca::pki
