// SPDX-License-Identifier: Apache-2.0
//
// The look: files first, then every module that can be one in a child of its own, all at once.
#include "module_file.hpp"
#include "scca/token/source.hpp"
#include "supervise.hpp"

#include <cerrno>
#include <cstring>

namespace scca::token {
namespace {

/// The loader searches its own folders for a name without a slash; a path that was given means this file.
std::string as_file(const std::string& path) { return path.find('/') == std::string::npos ? "./" + path : path; }

}  // namespace

Result<std::filesystem::path> find_module_host() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return Fault{FaultKind::system, "readlink", {}, error.value(), error.message()};
    if (auto found = find_module_host_of(program)) return std::move(*found);
    return Fault{FaultKind::system, "scca-module-host", {}, ENOENT, std::strerror(ENOENT)};
}

Snapshot look(const LookOptions& options) {
    Snapshot snapshot;
    snapshot.taken_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    snapshot.modules.resize(options.modules.size());
    std::vector<Watched> watched;
    for (std::size_t i = 0; i < options.modules.size(); ++i) {
        ModuleSeen& seen = snapshot.modules[i];
        seen.path = options.modules[i];
        look_at_module_file(seen, options.module_host);
    }
    // Started only now, so that reading the files is in nobody's time.
    for (ModuleSeen& seen : snapshot.modules) {
        if (!seen.file_faults.empty() || !seen.exports_skf) continue;
        const auto started = Deadline::Clock::now();
        auto host = ModuleHost::start(options.module_host, "skf", as_file(seen.path));
        if (!host) {
            seen.load_fault = host.error();
            continue;
        }
        watched.push_back({seen, std::move(*host), started, Deadline::after(options.timeout)});
    }
    supervise(std::move(watched));
    return snapshot;
}

}  // namespace scca::token
