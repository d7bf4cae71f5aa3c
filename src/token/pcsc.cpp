// SPDX-License-Identifier: Apache-2.0
//
// The states of a Unix socket by what connect(2) answers: unix(7), connect(2).
#include "scca/token/pcsc.hpp"

#include "module_file.hpp"
#include "owned_fd.hpp"
#include "unix_peers.hpp"
#include "usb_nodes.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace scca::token {
namespace {

/// errno of connecting, 0 when somebody took it or will.
int connect_and_hang_up(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return ENAMETOOLONG;
    std::memcpy(address.sun_path, path.data(), path.size());
    const OwnedFd end(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!end.is_open()) return errno;
    const int answer = connect(end.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return answer == 0 ? 0 : errno;
}

SocketState state_of(int refusal) {
    switch (refusal) {
        case 0: return SocketState::accepts;
        case EACCES:
        case EPERM: return SocketState::forbidden;
        case ENOENT:
        case ENOTDIR:
        case ENAMETOOLONG: return SocketState::missing;
        case EAGAIN: return SocketState::full;
        default: return SocketState::stale;
    }
}

}  // namespace

std::optional<Fault> find_library_fault(const std::string& path) {
    ModuleSeen seen;
    seen.path = path;
    look_at_module_file(seen, "/proc/self/exe");
    const auto stands = [](const Fault& fault) { return fault.call != "elf.exports"; };  // it is no driver
    const auto found = std::find_if(seen.file_faults.begin(), seen.file_faults.end(), stands);
    return found == seen.file_faults.end() ? std::nullopt : std::optional(*found);
}

PcscPlaces usual_pcsc_places() {
    PcscPlaces places;
    const char* const named = std::getenv("PCSCLITE_CSOCK_NAME");
    if (named != nullptr && *named != '\0') places.socket = named;
    return places;
}

PcscSeen look_at_pcsc_socket(const PcscPlaces& places) {
    PcscSeen seen;
    seen.socket = look_at_node(places.socket);
    seen.socket.refusal = connect_and_hang_up(places.socket.string());
    seen.socket_state = state_of(seen.socket.refusal);
    seen.installed = std::any_of(places.programs.begin(), places.programs.end(), [](const auto& program) {
        std::error_code ignored;
        return std::filesystem::exists(program, ignored);
    });
    if (seen.socket_state == SocketState::accepts || places.library_was_given) {
        seen.library.emplace().path = places.library;
    }
    return seen;
}

void look_at_pcsc_clients(PcscSeen& seen) {
    UnixPeers peers = find_unix_peers(seen.socket.path);
    seen.clients = std::move(peers.processes);
    seen.hidden_clients = peers.hidden;
}

}  // namespace scca::token
