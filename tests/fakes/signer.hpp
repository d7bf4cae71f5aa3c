// SPDX-License-Identifier: Apache-2.0
//
// What a fake module signs with: an RSA key in a PEM file, by OpenSSL, so that a certificate of the test's own verifies
// it. Ends the process when it cannot.
#pragma once

#include <string>
#include <string_view>

namespace fake {

/// PKCS #1 v1.5: of a DigestInfo that is given, or of the SHA-256 of what is given.
[[nodiscard]] std::string sign_rsa(const std::string& key_file, std::string_view content, bool digests);

/// The content of the file that this variable of the environment names; empty without one.
[[nodiscard]] std::string file_in(const char* variable);

}  // namespace fake
