// SPDX-License-Identifier: Apache-2.0
//
// The PKCS#11 door: walks over the tokens of one module and the certificates, public keys and data objects that anybody
// may read. Logs in nowhere, opens no session that could write, and believes no slot that claims to hold a token.
#pragma once

#include "breadcrumbs.hpp"

#include <string>

namespace scca::host {

/// Loads the module at `path` and tells all there is to see, up to and without `done`.
void look_through_pkcs11(Breadcrumbs& out, const std::string& path);

}  // namespace scca::host
