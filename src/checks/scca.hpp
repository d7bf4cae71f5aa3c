// SPDX-License-Identifier: Apache-2.0
//
// The CAs that are known here: Sichuan CA's names, old and new, and the national root. Names tell whom to ask; trust
// comes from fingerprints alone. No issuing CA of SCCA is public, so none is here.
#pragma once

#include "scca/pki/certificate.hpp"

#include <optional>
#include <string_view>

namespace scca::checks {

/// Whether this is a name under which Sichuan CA issues: its organisation, in one of its spellings, is decisive,
/// because others (a police PKI) also call themselves CN=SCCA.
[[nodiscard]] bool is_scca_name(const pki::DistinguishedName& name) noexcept;

/// ROOTCA of NRCAC or SCCA's operational CA, recognised by the SHA-256 fingerprint of the certificate.
[[nodiscard]] bool is_known_ca(const pki::Certificate& certificate);

/// It bears the full name of one of those two over another key: a forgery, whoever signed it.
[[nodiscard]] bool impersonates_known_ca(const pki::Certificate& certificate);

/// When the CA of this name ended, if it is the old national RSA root, which is not to be had as a file.
[[nodiscard]] std::optional<Moment> find_end_of_old_root(const pki::DistinguishedName& name);

}  // namespace scca::checks
