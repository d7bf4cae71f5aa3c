// SPDX-License-Identifier: Apache-2.0
//
// The one list of exit statuses, the same for every command and format. 64 to 78 are those of sysexits(3head).
#pragma once

namespace scca::cli {

enum class ExitStatus : int {
    healthy = 0,
    findings = 1,  ///< or: not in the table
    unknown = 2,   ///< could not check
    usage = 64,
    bad_data = 65,  ///< the one named path is nothing we know
    no_input = 66,  ///< it does not exist
    internal = 70,  ///< our own bug
    cannot_write = 73,
    no_permission = 77,
    interrupted = 130,  ///< by a signal: token::install_interrupt
};

}  // namespace scca::cli
