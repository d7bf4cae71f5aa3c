// SPDX-License-Identifier: Apache-2.0
//
// The look: files first, then every module that can be one in a child of its own, all at once; a module with two doors
// has two children.
#include "doors.hpp"
#include "module_file.hpp"
#include "scca/token/companion.hpp"
#include "scca/token/source.hpp"
#include "scca/token/wire.hpp"
#include "supervise.hpp"

#include <array>
#include <cerrno>
#include <cstring>

namespace scca::token {
namespace {

/// The loader searches its own folders for a name without a slash; a path that was given means this file.
std::string as_file(const std::string& path) { return path.find('/') == std::string::npos ? "./" + path : path; }

/// How a module can be asked, and by which of its exports one knows.
struct Door {
    std::string_view word;
    bool ModuleSeen::*is_there;
};
constexpr std::array doors{Door{wire::skf_door, &ModuleSeen::exports_skf},
                           Door{wire::pkcs11_door, &ModuleSeen::exports_pkcs11}};

/// What one door of a module tells, on its way into the snapshot.
struct Answer {
    ModuleSeen& module;
    ModuleSeen heard;
};

std::vector<Answer> open_doors(std::vector<ModuleSeen>& modules, const Door& door) {
    std::vector<Answer> answers;
    for (ModuleSeen& module : modules) {
        if (module.file_faults.empty() && module.*door.is_there) answers.push_back({module, {}});
    }
    return answers;
}

}  // namespace

Result<std::filesystem::path> find_module_host() { return find_companion("scca-module-host"); }

Snapshot look(const LookOptions& options) {
    Snapshot snapshot;
    snapshot.taken_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    snapshot.modules.resize(options.modules.size());
    for (std::size_t i = 0; i < options.modules.size(); ++i) {
        ModuleSeen& seen = snapshot.modules[i];
        seen.path = options.modules[i];
        look_at_module_file(seen, options.module_host);
    }
    // Started only now, so that reading the files is in nobody's time.
    std::vector<Watched> watched;
    std::array<std::vector<Answer>, doors.size()> answers;
    for (std::size_t i = 0; i < doors.size(); ++i) {
        answers[i] = open_doors(snapshot.modules, doors[i]);
        for (Answer& answer : answers[i]) {
            const auto started = Deadline::Clock::now();
            auto host = ModuleHost::start(options.module_host, std::string(doors[i].word), as_file(answer.module.path));
            if (host) {
                watched.push_back({answer.heard, std::move(*host), started, Deadline::after(options.timeout)});
            } else {
                answer.heard.load_fault = host.error();
            }
        }
    }
    supervise(std::move(watched));
    for (auto& heard_there : answers) {
        for (Answer& answer : heard_there) join_door(answer.module, std::move(answer.heard));
    }
    return snapshot;
}

}  // namespace scca::token
