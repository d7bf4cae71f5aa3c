// SPDX-License-Identifier: Apache-2.0
//
// What a file holds, told by its content and never by its name: certificates as DER, PEM (several, with text around),
// bare base64 or in a PKCS #7 bundle; a PKCS #12 file; an electronic seal. Reads no file, decrypts nothing and judges
// no certificate: what is found here may still be damaged.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/fault.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace scca::pki {

/// How PEM begins and ends a block (RFC 7468 section 3); chat programs put another space than the usual one behind it.
inline constexpr std::string_view pem_begin = "-----BEGIN", pem_end = "-----END";

enum class ContentKind : std::uint8_t {
    unknown,
    certificates,  ///< DER (one or several), PEM or base64 of it
    bundle,        ///< PKCS #7 or GB/T 35275 SignedData; PEM or base64 of it too
    pkcs12,        ///< a password is needed
    seal,          ///< SESeal, or base64 of it
};

struct FoundCertificate {
    Bytes der;
    std::size_t offset = 0;       ///< in the file: of its first octet, or of the PEM or base64 text that it came in
    std::optional<Fault> defect;  ///< of the text that it came in, which therefore gave only this much of it
    bool doubtful = false;        ///< that text has characters too many or too few: what looks whole may be shifted
};

struct FoundContent {
    ContentKind kind = ContentKind::unknown;
    std::vector<FoundCertificate> certificates;  ///< in the order of the file
    Bytes decoded;                               ///< of a seal or PKCS #12 file: its octets, base64 undone
    std::vector<Fault> defects;  ///< kind damaged; the call is the field path, number the offset in the file
};

/// What is in `content`. A PEM file with damaged blocks gives the whole ones, what could be read of a damaged one with
/// its defect, and a defect for each other.
[[nodiscard]] FoundContent find_content(ByteView content);

/// Whether it is a PKCS #12 file, or base64 of one: told from its first octets alone.
[[nodiscard]] bool looks_like_pkcs12(ByteView content);

/// Where the certificates of a bundle in DER begin, whose end may be missing. Nothing when it is no bundle or has none.
[[nodiscard]] std::optional<std::size_t> find_bundled(ByteView content);

/// Where lines of base64 begin in text that are a certificate's, in no block of PEM; npos where none do.
[[nodiscard]] std::size_t find_bare_base64(std::string_view text);

/// The certificates alone; empty when there are none.
[[nodiscard]] std::vector<FoundCertificate> find_certificates(ByteView content);

struct Base64 {
    Bytes octets;  ///< up to where it breaks
    std::optional<std::size_t>
        breaks_at;  ///< offset of the character that is no base64, or of the end of a text cut short
};

/// As parse_base64, but gives what comes before the first wrong character too.
[[nodiscard]] Base64 decode_base64(ByteView text);

/// As decode_base64, where the text stands and in place of it; how many octets there are.
[[nodiscard]] std::size_t decode_base64_in_place(std::span<std::uint8_t> text);

/// The octets that base64 text spells (RFC 4648 section 4; also the URL alphabet, without padding, with white space and
/// a byte order mark). Nothing when it is no base64 or spells nothing.
[[nodiscard]] std::optional<Bytes> parse_base64(ByteView text);

}  // namespace scca::pki
