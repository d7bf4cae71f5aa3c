// SPDX-License-Identifier: Apache-2.0
//
// A certificate's names and a CA's limits as OpenSSL holds them, for the sources that compare them.
#pragma once

#include "verify_openssl.hpp"

#include "scca/pki/certificate.hpp"

#include <openssl/x509v3.h>

namespace scca::pki {

using X509Ptr = std::unique_ptr<X509, FreeWith<X509_free>>;
using LimitsPtr = std::unique_ptr<NAME_CONSTRAINTS, FreeWith<NAME_CONSTRAINTS_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;

/// The certificate with its mail addresses as OpenSSL takes them, its extensions not yet read; nothing when OpenSSL
/// refuses it.
[[nodiscard]] X509Ptr open_names(const Certificate& certificate);
/// What the CA says of names; nothing when that cannot be read.
[[nodiscard]] LimitsPtr open_limits(const Certificate& ca);
[[nodiscard]] NamesPtr alternative_names(const X509& certificate);

/// OpenSSL's verdict on all names of the certificate; X509_V_ERR_UNSPECIFIED when it cannot read its extensions.
[[nodiscard]] int check_names(X509& certificate, NAME_CONSTRAINTS& limits);

}  // namespace scca::pki
