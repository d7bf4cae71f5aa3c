// SPDX-License-Identifier: Apache-2.0
//
// One module that was asked through two doors is one ModuleSeen, and a key behind both is one TokenSeen: by its serial
// number or by its certificates. Nothing is forgotten that only one door showed.
#pragma once

#include "scca/token/snapshot.hpp"

namespace scca::token {

/// Adds what another door of the same module told.
void join_door(ModuleSeen& module, ModuleSeen heard);

}  // namespace scca::token
