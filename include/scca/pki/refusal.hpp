// SPDX-License-Identifier: Apache-2.0
//
// Why a whole seal, package or signature was refused, where that has a name: a Fault tells it in a sentence, this table
// in a word, so that reports can tell it in the reader's language.
#pragma once

#include "scca/core/fault.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scca::pki {

enum class Refusal : std::uint8_t {
    not_a_zip,
    leads_out,         ///< an entry's name that is absolute or climbs out of the package
    entry_twice,       ///< two entries of one name: which of them was signed?
    too_many_entries,  ///< more than any document has
    zip_bomb,          ///< inflates beyond measure
    encrypted,         ///< an entry needs a password
    not_there,         ///< something names an entry that the package does not have
    too_long,          ///< longer than a file of its kind can be
    external_entity,   ///< XML that wants to read another file
    entity_bomb,       ///< XML that declares entities, which may unfold without end
    doctype,           ///< XML with any other document type declaration
    wrong_root,        ///< XML of another kind
    empty,             ///< no octet in it
    no_signature,      ///< no signature of any known kind begins here
    binary_seal,       ///< BJCA's old seal, a C structure
    converted_seal,    ///< a program took it for text and wrote it again
    no_seal,           ///< no seal begins here
    pkcs12,            ///< a certificate and its key behind a password, where a seal was asked for
    nothing_known,     ///< no certificate, seal, signature or document
};

/// The word for it: "zip-bomb" …
[[nodiscard]] std::string_view name_of(Refusal why) noexcept;

/// A Fault of the kind damaged that says so.
[[nodiscard]] Fault refused(std::string_view what, Refusal why, std::size_t offset = 0);

/// Which refusal this Fault is; nothing when it is another damage.
[[nodiscard]] std::optional<Refusal> find_refusal(const Fault& fault) noexcept;

}  // namespace scca::pki
