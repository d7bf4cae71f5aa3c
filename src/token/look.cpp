// SPDX-License-Identifier: Apache-2.0
//
// The look: files first, then every module that can be one in a child of its own, all at once; a module with two doors
// has two children. The smart card service is one more, when there is somebody to ask.
#include "doors.hpp"
#include "module_file.hpp"
#include "scca/token/companion.hpp"
#include "scca/token/source.hpp"
#include "scca/token/wire.hpp"
#include "supervise.hpp"

#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <set>
#include <utility>

namespace scca::token {
namespace {

/// How a module can be asked, and by which of its exports one knows.
struct Door {
    std::string_view word;
    bool ModuleSeen::*is_there;
    ModuleKind kind;
};
constexpr std::array doors{Door{wire::skf_door, &ModuleSeen::exports_skf, ModuleKind::skf},
                           Door{wire::pkcs11_door, &ModuleSeen::exports_pkcs11, ModuleKind::pkcs11}};

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

/// Starts a host for each of the calls to `start`, and waits for all of them at once.
class Hosts {
public:
    explicit Hosts(const LookOptions& options)
        : options_(options), deadline_(Deadline::since(Deadline::Clock::now() - options.spent, options.timeout)) {}

    void start(std::string_view door, const std::string& path, ModuleSeen& heard) {
        const auto started = Deadline::Clock::now();
        auto host = HostProcess::start(options_.module_host, {std::string(door), path});
        if (host) {
            watched_.push_back({heard, std::move(*host), started, deadline_, path});
        } else {
            heard.load_fault = host.error();
        }
    }
    void wait() { supervise(std::move(watched_), options_.waiting); }

private:
    const LookOptions& options_;
    Deadline deadline_;
    std::vector<Watched> watched_;
};

/// The second round over the readers told the rest of what the first began.
void join_readers(std::vector<ReaderSeen>& readers) {
    std::vector<ReaderSeen> joined;
    for (ReaderSeen& reader : readers) {
        const auto same =
            std::find_if(joined.begin(), joined.end(), [&](const ReaderSeen& one) { return one.name == reader.name; });
        if (same == joined.end()) {
            joined.push_back(std::move(reader));
            continue;
        }
        same->connected = same->connected || reader.connected;
        if (same->vendor.empty()) same->vendor = std::move(reader.vendor);
        if (!same->answer_fault) same->answer_fault = std::move(reader.answer_fault);
        same->faults.insert(same->faults.end(), std::make_move_iterator(reader.faults.begin()),
                            std::make_move_iterator(reader.faults.end()));
    }
    readers = std::move(joined);
}

/// Whether another program may keep a card from us: SCARD_STATE_EXCLUSIVE or SCARD_E_SHARING_VIOLATION; or
/// SCARD_STATE_INUSE, and a call about it never came back: a transaction is waited for without end.
bool is_any_held(const std::vector<ReaderSeen>& readers) {
    constexpr std::uint32_t exclusive = 0x0080;
    constexpr std::uint32_t in_use = 0x0100;
    constexpr std::int64_t sharing_violation = 0x8010000B;
    return std::any_of(readers.begin(), readers.end(), [&](const ReaderSeen& reader) {
        const std::uint32_t state = reader.state.value_or(0);
        return (state & exclusive) != 0 || (reader.answer_fault && (state & in_use) != 0) ||
               std::any_of(reader.faults.begin(), reader.faults.end(),
                           [&](const Fault& fault) { return fault.number == sharing_violation; });
    });
}

/// What the child said of the readers, and who else uses them when one is held.
void finish_pcsc(PcscSeen& pcsc) {
    if (!pcsc.library) return;
    join_readers(pcsc.library->readers);
    if (is_any_held(pcsc.library->readers)) look_at_pcsc_clients(pcsc);
}

void note_routes(ModuleSeen& heard, const std::string& module, ModuleKind door) {
    for (TokenSeen& token : heard.tokens) {
        for (ApplicationSeen& application : token.applications) application.route = {module, door, token.reference};
    }
}

/// Each file once, by the first of its names.
std::vector<std::string> different_files(const std::vector<std::string>& paths) {
    std::set<std::pair<dev_t, ino_t>> known;
    std::vector<std::string> different;
    for (const std::string& path : paths) {
        struct stat facts {};
        const bool is_there = stat(path.c_str(), &facts) == 0;
        if (!is_there || known.insert({facts.st_dev, facts.st_ino}).second) different.push_back(path);
    }
    return different;
}

}  // namespace

std::string as_file(const std::string& path) { return path.find('/') == std::string::npos ? "./" + path : path; }

Result<std::filesystem::path> find_module_host() { return find_companion("scca-module-host"); }

Snapshot look(const LookOptions& options) {
    Hosts hosts(options);
    Snapshot snapshot;
    snapshot.taken_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const std::string& path : different_files(options.modules)) {
        ModuleSeen& seen = snapshot.modules.emplace_back();
        seen.path = path;
        look_at_module_file(seen, options.module_host);
    }
    if (options.pcsc) snapshot.pcsc = look_at_pcsc_socket(*options.pcsc);
    if (snapshot.pcsc && snapshot.pcsc->library) {
        hosts.start(wire::pcsc_door, snapshot.pcsc->library->path, *snapshot.pcsc->library);
    }
    std::array<std::vector<Answer>, doors.size()> answers;
    for (std::size_t i = 0; i < doors.size(); ++i) {
        answers[i] = open_doors(snapshot.modules, doors[i]);
        for (Answer& answer : answers[i]) hosts.start(doors[i].word, as_file(answer.module.path), answer.heard);
    }
    hosts.wait();
    if (snapshot.pcsc) finish_pcsc(*snapshot.pcsc);
    for (std::size_t i = 0; i < doors.size(); ++i) {
        for (Answer& answer : answers[i]) {
            note_routes(answer.heard, answer.module.path, doors[i].kind);
            join_door(answer.module, std::move(answer.heard));
        }
    }
    join_modules(snapshot.modules);
    return snapshot;
}

}  // namespace scca::token
