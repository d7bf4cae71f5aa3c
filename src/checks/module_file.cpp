// SPDX-License-Identifier: Apache-2.0
//
// module.file: can this file be a driver module here? Read from the file, before anything is loaded.
#include "rungs.hpp"

namespace scca::checks {
namespace {

/// The file reader names what is wrong in `call` (scca/token/snapshot.hpp).
faq::Id problem_of(const Fault& fault) {
    if (fault.call == "elf.machine" || fault.call == "elf.class") return faq::id::driver_wrong_architecture;
    return faq::id::driver_not_a_module;
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
        return {failed(faq::id::driver_missing_library, evidence_of(*refused))};
    }
    return {passed()};
}

}  // namespace scca::checks
