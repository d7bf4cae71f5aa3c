// SPDX-License-Identifier: Apache-2.0
//
// Names held against what a CA may issue for (RFC 5280 4.2.1.10), by OpenSSL. Builds no path: which CA stands above
// which certificate, and whether it signed, is for others to say.
#pragma once

#include "scca/pki/certificate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::pki {

enum class NamesHeld : std::uint8_t {
    permitted,  ///< all of them; also where the certificate has no name of the kinds that are limited
    foreign,    ///< one is not permitted, or excluded
    unread,     ///< a name of a kind that OpenSSL does not compare, or something that it cannot read
};

/// The subject, its mail addresses and the alternative names of `certificate`; a common name that reads like a host's
/// counts as one where no holder's certificate names hosts otherwise (RFC 6125 6.4.4).
[[nodiscard]] NamesHeld verify_names(const Certificate& certificate, const Certificate& ca);

/// A name that a CA may not issue for, and what the CA's certificate says of names of its kind. Each text is cut where
/// it is longer than a real name.
struct BrokenLimit {
    std::string_view kind;            ///< "directory", "mail", "host", "uri" or "address"
    std::string name;                 ///< "mail.other.example", "CN=…, O=…", "10.0.0.1"
    bool excluded = false;            ///< expressly; else it is not among those that are permitted
    std::vector<std::string> limits;  ///< the one that excludes it, or those that are permitted: the first few
    std::size_t limits_in_all = 0;
};

/// The first name for which `verify_names` says `foreign`; nothing when it does not, or nobody can tell which it was.
[[nodiscard]] std::optional<BrokenLimit> find_broken_limit(const Certificate& certificate, const Certificate& ca);

}  // namespace scca::pki
