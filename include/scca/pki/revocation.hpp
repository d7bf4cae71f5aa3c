// SPDX-License-Identifier: Apache-2.0
//
// What a CA says of certificates that it took back: revocation lists (CRL, RFC 5280 section 5) and OCSP answers (RFC
// 6960) as plain values, and whether the CA itself said so. Fetches nothing and knows no clock: whether an answer is
// fresh is for its reader to judge.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"
#include "scca/pki/certificate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::pki {

/// That one certificate was taken back.
struct Revocation {
    std::optional<Moment> at;
    std::optional<std::int64_t> reason;  ///< CRLReason (RFC 5280 5.3.1); 6 is a suspension, which may be lifted
};

/// "keyCompromise", as RFC 5280 5.3.1 spells it; empty for a number that it does not list.
[[nodiscard]] std::string_view name_of_reason(std::int64_t reason) noexcept;

/// Which certificates a list speaks of (issuingDistributionPoint, RFC 5280 5.2.5). One that leaves some out cannot say
/// that a certificate is good.
struct CrlScope {
    bool delta = false;         ///< only what changed since another list (5.2.4)
    bool indirect = false;      ///< of other issuers, too
    bool some_reasons = false;  ///< silent about certificates revoked for other reasons
    bool ca_only = false, attribute_only = false, user_only = false;
    bool unknown_critical = false;  ///< an extension that must be understood and is not
    std::vector<std::string> urls;  ///< one part of a divided list: the addresses that certificates of this part name
};

/// A revocation list. It and its entries stay where they are, and entries are found through an index: a look-up copies
/// one entry, and a list of a million is read once. Whoever has the octets keeps them for as long.
struct Crl {
    /// One line of the index: a hash of the serial number, and where the entry begins in `der`.
    struct Entry {
        std::uint32_t key = 0;
        std::uint32_t offset = 0;
    };

    ByteView der;
    std::size_t tbs_offset = 0, tbs_length = 0;  ///< of the signed part in `der`
    DistinguishedName issuer;
    std::optional<Moment> this_update, next_update;
    std::string number;  ///< cRLNumber in hexadecimal; empty when there is none
    CrlScope scope;
    std::string signature_oid;
    Bytes signature;
    std::vector<Entry> entries;  ///< ordered by key
    bool is_cut = false;         ///< the end is missing, and the signature with it
    std::vector<Fault> defects;  ///< kind damaged; with one, an entry may be missing

    [[nodiscard]] ByteView tbs() const { return der.subspan(tbs_offset, tbs_length); }
    /// The entry of this serial number (hexadecimal, as in Certificate::serial), when it is listed.
    [[nodiscard]] std::optional<Revocation> find(std::string_view serial) const;
};

/// Refuses what is no revocation list; one with damage is a value with `defects`. It points into `der`.
[[nodiscard]] Result<Crl> parse_crl(ByteView der);
Result<Crl> parse_crl(Bytes&& der) = delete;

/// A list in a file: a part of the content as it stands, or what was decoded. May be moved.
struct FoundCrl {
    ByteView der;
    Bytes decoded;  ///< empty: `der` points into the content
};

/// The lists in a file: DER, PEM (several, under whatever label, text around them) or bare base64; empty when there is
/// none.
[[nodiscard]] std::vector<FoundCrl> find_crls(ByteView content);

/// A file with one list in it, and nothing else, as PEM becomes the list itself, in the room that it has: decoded
/// beside it a long one would be there twice. Anything else stays as it is.
void take_off_armour(Bytes& content);

enum class OcspStatus : std::uint8_t { good, revoked, unknown };

/// What an OCSP answer says of one certificate, which it names by digests of its issuer.
struct OcspSingle {
    std::string digest_oid;
    Bytes issuer_name_digest, issuer_key_digest;
    std::string serial;  ///< hexadecimal of the INTEGER's content
    OcspStatus status = OcspStatus::unknown;
    Revocation revocation;  ///< when revoked
    std::optional<Moment> this_update, next_update;
};

struct OcspAnswer {
    std::int64_t response_status = 0;  ///< OCSPResponseStatus; 0 alone carries answers
    Bytes der;                         ///< the signed part, octet for octet
    std::string signature_oid;
    Bytes signature;
    std::vector<Bytes> certificates;  ///< that the responder sent along
    std::optional<Moment> produced_at;
    std::vector<OcspSingle> singles;
    bool is_cut = false;  ///< the end is missing
    std::vector<Fault> defects;
};

/// "tryLater" and its like (RFC 6960 4.2.1); empty for a number that it does not list.
[[nodiscard]] std::string_view name_of_response_status(std::int64_t status) noexcept;

/// DER, or base64 of it. Refuses what is no OCSP answer.
[[nodiscard]] Result<OcspAnswer> parse_ocsp_answer(ByteView content);

/// An OCSPRequest for one certificate, named by SHA-1 digests as responders expect (RFC 5019 2.1.1), without nonce.
[[nodiscard]] Bytes make_ocsp_request(const Certificate& certificate, const Certificate& issuer);

/// What the answer says of this certificate of this issuer; null when it speaks of others.
[[nodiscard]] const OcspSingle* find_single(const OcspAnswer& answer, const Certificate& certificate,
                                            const Certificate& issuer);

/// Whether the issuer, or whoever it appointed, signed an answer.
struct SignerCheck {
    bool holds = false;
    /// Why it does not: "wrong-signer", "signer-not-appointed" (no id-kp-OCSPSigning, no cRLSign), "signer-expired",
    /// "unsupported-algorithm".
    std::string reason;
    std::string how;  ///< as SignatureCheck::how, when the signature is right but for its encoding
};

/// Signed by the issuer's own key, which may sign lists (RFC 5280 6.3.3 f, g).
[[nodiscard]] SignerCheck verify_crl(const Crl& crl, const Certificate& issuer);

/// Signed by the issuer's key, or by that of a certificate in the answer which the issuer issued for OCSP and which was
/// valid when the answer was made (RFC 6960 4.2.2.2).
[[nodiscard]] SignerCheck verify_ocsp_answer(const OcspAnswer& answer, const Certificate& issuer);

}  // namespace scca::pki
