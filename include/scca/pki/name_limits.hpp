// SPDX-License-Identifier: Apache-2.0
//
// Names held against what a CA may issue for (RFC 5280 4.2.1.10), by OpenSSL. Builds no path: which CA stands above
// which certificate, and whether it signed, is for others to say.
#pragma once

#include "scca/pki/certificate.hpp"

#include <cstdint>

namespace scca::pki {

enum class NamesHeld : std::uint8_t {
    permitted,  ///< all of them; also where the certificate has no name of the kinds that are limited
    foreign,    ///< one is not permitted, or excluded
    unread,     ///< a name of a kind that OpenSSL does not compare, or something that it cannot read
};

/// The subject, its mail addresses and the alternative names of `certificate`; a common name that reads like a host's
/// counts as one where no holder's certificate names hosts otherwise (RFC 6125 6.4.4).
[[nodiscard]] NamesHeld verify_names(const Certificate& certificate, const Certificate& ca);

}  // namespace scca::pki
