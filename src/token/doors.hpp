// SPDX-License-Identifier: Apache-2.0
//
// One module that was asked through two doors is one ModuleSeen, and a key behind both is one TokenSeen: by its serial
// number or by its certificates. So is a key behind two modules. Nothing is forgotten that only one door showed.
#pragma once

#include "scca/token/snapshot.hpp"

namespace scca::token {

/// Adds what another door of the same module told.
void join_door(ModuleSeen& module, ModuleSeen heard);

/// Leaves of a key that several modules show one TokenSeen: under the module that counts its PIN's tries, else under
/// the first. What the others show besides joins it, whatever their order.
void join_modules(std::vector<ModuleSeen>& modules);

}  // namespace scca::token
