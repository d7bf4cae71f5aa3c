// SPDX-License-Identifier: Apache-2.0
#include "scca/token/machine.hpp"

#include "owned_fd.hpp"
#include "scca/core/deadline.hpp"
#include "scca/core/text.hpp"
#include "scca/devices/middleware.hpp"
#include "small_file.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <algorithm>
#include <cerrno>
#include <vector>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 4096;
constexpr std::size_t most_octets = 64 * 1024;
constexpr std::size_t most_programs = 64;
constexpr std::size_t most_name = 200;

/// Seconds since 1970, from the build (src/token/CMakeLists.txt).
constexpr std::int64_t built_at = SCCA_BUILT_AT;

bool accepts(std::uint16_t port, std::chrono::milliseconds patience) {
    const Deadline deadline = Deadline::after(patience);
    const OwnedFd connection(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!connection.is_open()) return false;
    if (connect(connection.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return true;
    if (errno != EINPROGRESS) return false;
    pollfd waiting{connection.number(), POLLOUT, 0};
    while (!deadline.passed()) {
        const int ready = poll(&waiting, 1, static_cast<int>(deadline.remaining().count()));
        if (ready < 0 && errno == EINTR) continue;
        int refusal = 0;
        socklen_t size = sizeof refusal;
        return ready > 0 && getsockopt(connection.number(), SOL_SOCKET, SO_ERROR, &refusal, &size) == 0 && refusal == 0;
    }
    return false;
}

/// The first of the names in a .desktop file by which the program is known (desktop entry specification: Name, and
/// Name[locale] for its translations).
std::string find_known_name(const fs::path& file) {
    const std::string content = read_start(file, most_octets);
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::string_view line = trimmed(std::string_view(content).substr(at, end - at));
        at = end + 1;
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos || !(line.starts_with("Name=") || line.starts_with("Name["))) continue;
        const std::string_view name = trimmed(line.substr(equals + 1, most_name));
        if (devices::find_middleware(name) != devices::Middleware::unknown) return valid_utf8(name);
    }
    return {};
}

std::vector<ProgramSeen> find_middleware(const fs::path& root) {
    std::vector<fs::path> folders{root / "usr" / "share" / "applications"};
    const fs::path packages = root / "opt" / "apps";
    for (const std::string& name : list_folder(packages, most_files)) {
        folders.push_back(packages / name / "entries" / "applications");
    }
    std::vector<ProgramSeen> programs;
    for (const fs::path& folder : folders) {
        for (const std::string& name : list_folder(folder, most_files)) {
            if (!name.ends_with(".desktop") || programs.size() == most_programs) continue;
            std::string known = find_known_name(folder / name);
            if (!known.empty()) programs.push_back({std::move(known), (folder / name).string()});
        }
    }
    return programs;
}

}  // namespace

MachineSeen look_at_machine(const MachinePlaces& places) {
    MachineSeen seen;
    seen.built_at = Moment(std::chrono::seconds(built_at));
    seen.helper_port = places.port;
    if (places.port != 0) seen.helper_listens = accepts(places.port, places.patience);
    seen.middleware = find_middleware(places.root);
    return seen;
}

}  // namespace scca::token
