// SPDX-License-Identifier: Apache-2.0
//
// module.file: can this file be a driver module here? Read from the file, before anything is loaded.
#include "rungs.hpp"

namespace scca::checks {
namespace {

/// The file reader names what is wrong in `call` (scca/token/snapshot.hpp).
faq::Id problem_of(const Fault& fault) {
    if (fault.call == "elf.machine" || fault.call == "elf.class") return faq::id::driver_wrong_architecture;
    if (fault.call == "elf.needed" || fault.call == "elf.version") return faq::id::driver_missing_library;
    return faq::id::driver_not_a_module;
}

}  // namespace

Judgements check_module_file(const Case& module, const Dossier&) {
    if (module.module->file_faults.empty()) return {passed()};
    const Fault& fault = module.module->file_faults.front();
    return {failed(problem_of(fault), evidence_of(fault))};
}
}  // namespace scca::checks
