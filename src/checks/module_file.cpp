// SPDX-License-Identifier: Apache-2.0
//
// module.file: can this file be a driver module here? Read from the file, before anything is loaded.
#include "rungs.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace scca::checks {
namespace {

/// The file reader names what is wrong in `call` (scca/token/snapshot.hpp).
faq::Id problem_of(const Fault& fault) {
    if (fault.call == "elf.machine" || fault.call == "elf.class") return faq::id::driver_wrong_architecture;
    if (fault.kind == FaultKind::system && (fault.number == EACCES || fault.number == EPERM)) {
        return faq::id::driver_blocked;
    }
    return faq::id::driver_not_a_module;
}

/// What glibc's loader says where a file may be read and not be run (noexec, SELinux): nothing that it needs is
/// missing.
bool says_blocked(const Fault& refusal) {
    constexpr std::array<std::string_view, 4> words{"failed to map segment from shared object",
                                                    "cannot enable executable stack", "Operation not permitted",
                                                    "Permission denied"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return refusal.text.find(word) != std::string::npos; });
}

}  // namespace

Judgements check_module_file(const Case& module, const Dossier&) {
    if (!module.module->file_faults.empty()) {
        const Fault& fault = module.module->file_faults.front();
        return {failed(problem_of(fault), evidence_of(fault))};
    }
    // A library or a glibc version that is missing shows only when the loader is asked; it is the file that lacks it.
    const auto& refused = module.module->load_fault;
    if (refused && refused->kind == FaultKind::not_loaded) {
        const faq::Id problem = says_blocked(*refused) ? faq::id::driver_blocked : faq::id::driver_missing_library;
        return {failed(problem, evidence_of(*refused))};
    }
    return {passed()};
}

}  // namespace scca::checks
