// SPDX-License-Identifier: Apache-2.0
//
// The smart card service: is it there, does its socket let this user in, and which other programs are connected to it.
// What the service itself says is asked in a child process (look, in source.hpp), and only when somebody is behind the
// socket, so that a machine without the service pays for one system call.
#pragma once

#include "scca/token/snapshot.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

struct PcscPlaces {
    /// Of the PC/SC library: a name for the loader, or a path that the user gave and that is asked in any case.
    std::string library = "libpcsclite.so.1";
    bool library_was_given = false;
    std::filesystem::path socket = "/run/pcscd/pcscd.comm";
    std::vector<std::filesystem::path> programs{"/usr/sbin/pcscd", "/usr/bin/pcscd", "/usr/local/sbin/pcscd",
                                                "/sbin/pcscd"};
};

/// The usual places; the socket is $PCSCLITE_CSOCK_NAME where that is set, as for the library.
[[nodiscard]] PcscPlaces usual_pcsc_places();

/// Why the file at this path can be no library here; nothing when it may be one. Nothing is loaded.
[[nodiscard]] std::optional<Fault> find_library_fault(const std::string& path);

/// Looks at the socket, connects to it and hangs up. Never waits.
[[nodiscard]] PcscSeen look_at_pcsc_socket(const PcscPlaces& places);

/// Fills in the programs that are connected to the socket, without this one.
void look_at_pcsc_clients(PcscSeen& seen);

}  // namespace scca::token
