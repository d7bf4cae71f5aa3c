// SPDX-License-Identifier: Apache-2.0
//
// The PC/SC door: which readers the smart card service lists, whether there is a card, whether it is held, and whether
// it can be connected to. Sends no command to a card, resets none, and holds none longer than one question takes.
#pragma once

#include "breadcrumbs.hpp"

#include <string>

namespace scca::host {

/// Loads the PC/SC library at `path`, a file or a name for the loader, and tells all there is to see, up to and
/// without `done`.
void look_through_pcsc(Breadcrumbs& out, const std::string& path);

}  // namespace scca::host
