// SPDX-License-Identifier: Apache-2.0
//
// module.loads: does the module come up without crashing, hanging or ending its process?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_module_loads(const Case& module, const Dossier&) {
    if (!module.module->load_fault) return {passed()};
    const Fault& fault = *module.module->load_fault;
    return {failed(fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed, evidence_of(fault))};
}
}  // namespace scca::checks
