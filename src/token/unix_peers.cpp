// SPDX-License-Identifier: Apache-2.0
//
// The answer to a request for all Unix sockets: linux/unix_diag.h. A connection that the service accepted carries the
// file and the name of the socket that it came in by, and the number of its other end.
#include "unix_peers.hpp"

#include "owned_fd.hpp"
#include "scca/core/text.hpp"
#include "small_file.hpp"

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <set>
#include <span>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk = 64 * 1024;
constexpr int most_chunks = 4096;
constexpr std::size_t most_processes = 64;
constexpr std::size_t most_numbers = 65'536;
constexpr std::size_t most_name = 64;

struct Request {
    nlmsghdr header{};
    unix_diag_req question{};
};

/// A file as the kernel numbers it; major and minor, for its device numbers are packed in another way than stat's.
struct SocketFile {
    std::string path;
    std::uint32_t inode = 0, major_number = 0, minor_number = 0;
};

/// An attribute of a netlink message (netlink(7)): type and octets.
template <class Visit>
void for_each_attribute(std::span<const char> octets, Visit visit) {
    while (octets.size() >= sizeof(nlattr)) {
        nlattr head{};
        std::memcpy(&head, octets.data(), sizeof head);
        if (head.nla_len < sizeof head || head.nla_len > octets.size()) return;
        visit(head.nla_type, octets.subspan(sizeof head, head.nla_len - sizeof head));
        octets = octets.subspan(std::min<std::size_t>(octets.size(), NLA_ALIGN(head.nla_len)));
    }
}

template <class Value>
Value value_of(std::span<const char> octets) {
    Value value{};
    if (octets.size() >= sizeof value) std::memcpy(&value, octets.data(), sizeof value);
    return value;
}

/// The other end, when this is a connection that came in by the file; 0 otherwise.
std::uint32_t find_peer(std::span<const char> socket, const SocketFile& file) {
    constexpr std::uint32_t device_minor_bits = 20;
    bool came_in_here = false;
    std::uint32_t peer = 0;
    for_each_attribute(socket.subspan(sizeof(unix_diag_msg)), [&](unsigned type, std::span<const char> octets) {
        if (type == UNIX_DIAG_PEER) peer = value_of<std::uint32_t>(octets);
        if (type == UNIX_DIAG_NAME) {
            const std::string_view name(octets.data(), octets.size());
            came_in_here = came_in_here || name.substr(0, name.find('\0')) == file.path;
        }
        if (type == UNIX_DIAG_VFS) {
            const auto vfs = value_of<unix_diag_vfs>(octets);
            came_in_here = came_in_here || (vfs.udiag_vfs_ino == file.inode &&
                                            vfs.udiag_vfs_dev >> device_minor_bits == file.major_number &&
                                            (vfs.udiag_vfs_dev & 0xFFFFFU) == file.minor_number);
        }
    });
    return came_in_here ? peer : 0;
}

/// False when these were the last messages.
bool take_messages(std::span<const char> octets, const SocketFile& file, std::set<std::uint32_t>& ends) {
    while (octets.size() >= sizeof(nlmsghdr)) {
        const auto head = value_of<nlmsghdr>(octets);
        if (head.nlmsg_len < sizeof head || head.nlmsg_len > octets.size()) return false;
        if (head.nlmsg_type != SOCK_DIAG_BY_FAMILY) return false;
        const auto body = octets.subspan(sizeof head, head.nlmsg_len - sizeof head);
        if (body.size() < sizeof(unix_diag_msg)) return false;
        if (const std::uint32_t peer = find_peer(body, file); peer != 0) ends.insert(peer);
        octets = octets.subspan(std::min<std::size_t>(octets.size(), NLMSG_ALIGN(head.nlmsg_len)));
    }
    return true;
}

/// The far ends of all connections that came in by the file.
std::set<std::uint32_t> far_ends(const SocketFile& file) {
    std::set<std::uint32_t> ends;
    const OwnedFd kernel(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    Request request;
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.question.sdiag_family = AF_UNIX;
    request.question.udiag_states = ~0U;
    request.question.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER;
    const timeval patience{0, 200'000};
    if (!kernel.is_open()) return ends;
    setsockopt(kernel.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (send(kernel.number(), &request, sizeof request, 0) != sizeof request) return ends;
    std::vector<char> octets(chunk);
    for (int i = 0; i < most_chunks; ++i) {
        const ssize_t count = recv(kernel.number(), octets.data(), octets.size(), 0);
        if (count <= 0 || !take_messages({octets.data(), static_cast<std::size_t>(count)}, file, ends)) break;
    }
    return ends;
}

/// Takes out of `ends` what the process holds; true when it holds one.
bool holds_one(const fs::path& process, std::set<std::uint32_t>& ends) {
    bool any = false;
    std::error_code ignored;
    // A process that ends meanwhile, or is not ours to look at, has an empty folder here.
    for (fs::directory_iterator at(process / "fd", ignored), end; !ignored && at != end; at.increment(ignored)) {
        std::error_code vanished;
        const std::string target = fs::read_symlink(at->path(), vanished).string();
        constexpr std::string_view prefix = "socket:[";
        std::uint32_t inode = 0;
        if (vanished || !target.starts_with(prefix)) continue;
        std::from_chars(target.data() + prefix.size(), target.data() + target.size(), inode);
        any = ends.erase(inode) > 0 || any;
    }
    return any;
}

}  // namespace

UnixPeers find_unix_peers(const std::string& path) {
    struct stat facts {};
    if (stat(path.c_str(), &facts) != 0) return {};
    std::set<std::uint32_t> ends =
        far_ends({path, static_cast<std::uint32_t>(facts.st_ino), major(facts.st_dev), minor(facts.st_dev)});
    UnixPeers peers;
    if (ends.empty()) return peers;
    for (const std::string& name : list_folder("/proc", most_numbers)) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        const fs::path process = fs::path("/proc") / name;
        if (error != std::errc() || end != name.data() + name.size() || !holds_one(process, ends)) continue;
        if (number == getpid() || peers.processes.size() == most_processes) continue;
        peers.processes.push_back({number, valid_utf8(trimmed(read_start(process / "comm", most_name)))});
    }
    peers.hidden = ends.size();
    return peers;
}

}  // namespace scca::token
