// SPDX-License-Identifier: Apache-2.0
//
// The PKCS#11 door: walks over the tokens of one module and the certificates, public keys and data objects that anybody
// may read; or, when that was ordered, has a key sign once. A look logs in nowhere; no session is opened that could
// write, and no slot is believed that claims to hold a token.
#pragma once

#include "breadcrumbs.hpp"
#include "pin.hpp"
#include "sign_order.hpp"

#include <string>

namespace scca::host {

/// Loads the module at `path` and tells all there is to see, up to and without `done`.
void look_through_pkcs11(Breadcrumbs& out, const std::string& path);

/// Loads the module at `path`, logs in once to the ordered token, has it sign, logs out, and tells what came of it. No
/// PIN is sent when the token has no mechanism that is known here, or says that few tries are left.
void sign_through_pkcs11(Breadcrumbs& out, const std::string& path, const SignOrder& order, Pin& pin);

}  // namespace scca::host
