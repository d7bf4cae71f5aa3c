// SPDX-License-Identifier: Apache-2.0
//
// Judges a made key by OpenSSL alone and names what is wrong with it, so that each fault can be shown to bring its own
// trouble and no other. It knows neither the code that makes keys nor the doctor that reads them.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace softkey_test {

/// FAQ ids, with the fault's name cert-expired kept apart from cert-expiring; empty for a healthy key.
[[nodiscard]] std::set<std::string> troubles_of(const std::filesystem::path& key);

}  // namespace softkey_test
