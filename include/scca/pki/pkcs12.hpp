// SPDX-License-Identifier: Apache-2.0
//
// The certificates in a PKCS #12 file (RFC 7292), by OpenSSL. Files of older tools (RC2-40, 3DES with SHA-1) are opened
// with OpenSSL's legacy provider, loaded for that file alone. Never decrypts the private key and keeps no password.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"

#include <string_view>
#include <vector>

namespace scca::pki {

/// The certificates, DER, in the order of the file. `password` is UTF-8. A wrong password is a Fault whose call is
/// "PKCS12_verify_mac" and whose kind is `code`; a file that cannot be read is one of kind `damaged`.
[[nodiscard]] Result<std::vector<Bytes>> parse_pkcs12(ByteView content, std::string_view password);

}  // namespace scca::pki
