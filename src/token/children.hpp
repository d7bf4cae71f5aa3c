// SPDX-License-Identifier: Apache-2.0
//
// Which child processes there are at this moment, for a program that ends at once: they go with it, and nobody has to
// clear up behind it. Starts none and says nothing of how one ended.
#pragma once

#include <sys/types.h>

namespace scca::token {

/// From now on this child is ended with the program. Beyond a number that no run reaches it is not, and the kernel
/// kills it when its parent is gone.
void note_child(pid_t child) noexcept;
/// Before it is reaped: after that its number may be another's.
void forget_child(pid_t child) noexcept;

/// Kills all of them, and waits a moment for each to be reaped. From a signal's handler, too.
void end_children() noexcept;

}  // namespace scca::token
