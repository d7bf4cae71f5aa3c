// SPDX-License-Identifier: Apache-2.0
//
// An OFD document (GB/T 33190) as far as its signatures go: which there are, which files each covers, whether those
// files are still the same, and which files nobody covers. Refuses what no honest document has: entries that lead out
// of the package, two entries of one name, a document type declaration, a package that inflates beyond measure.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/fault.hpp"
#include "scca/core/result.hpp"
#include "scca/pki/signed_value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::pki {

enum class ReferenceState : std::uint8_t {
    not_compared,    ///< nothing was looked at yet
    holds,           ///< the file is the one that was signed
    differs,         ///< it is another
    missing,         ///< it is not in the package
    unreadable,      ///< it is there and cannot be inflated
    unknown_method,  ///< its digest is of a kind not known here
};

struct OfdReference {
    std::string file;    ///< FileRef as stated; after comparing, the name of the entry
    std::string method;  ///< CheckMethod as stated; "MD5", the schema's default, when it is not
    Bytes check_value;
    ReferenceState state = ReferenceState::not_compared;
    bool with_z = false;  ///< holds as SM3(Z || file)
};

/// A place where the seal is shown.
struct OfdStamp {
    std::string id, page, boundary;
};

struct OfdSignature {
    std::string id, type;                         ///< "Seal", also when absent, or "Sign"
    std::string xml_path, value_path, seal_path;  ///< entries; as stated where there is no such entry
    Bytes xml;                                    ///< Signature.xml as it is
    std::string provider, method, date;           ///< ProviderName, SignatureMethod, SignatureDateTime, as stated
    std::vector<OfdReference> references;
    std::vector<OfdStamp> stamps;
    std::optional<SignedValue> value;
    std::optional<Bytes> seal_copy;  ///< Seal.esl, when it is there
    std::optional<Fault> fault;      ///< why it cannot be read; the call is an entry or a field path
};

struct OfdDocument {
    std::vector<std::string> files;        ///< entries that are no folders
    std::vector<OfdSignature> signatures;  ///< in the order of Signatures.xml
    std::vector<std::string> uncovered;    ///< files that no signature covers, but those of the signatures themselves
    std::vector<std::string> lists;        ///< the Signatures.xml
    std::size_t offset = 0;                ///< of the zip archive: some printers write something in front of it
};

/// Whether a zip archive begins here, or ends here with something in front of it.
[[nodiscard]] bool looks_like_zip(ByteView content) noexcept;

/// Reads the package, compares every referenced file and reads every signed value. The fault's call names the entry.
[[nodiscard]] Result<OfdDocument> parse_ofd(ByteView content);

/// Signature.xml alone: nothing is compared, paths are as stated, id and type empty.
[[nodiscard]] Result<OfdSignature> parse_ofd_signature(ByteView xml);

}  // namespace scca::pki
