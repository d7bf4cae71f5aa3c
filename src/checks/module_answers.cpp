// SPDX-License-Identifier: Apache-2.0
//
// module.answers: does every call come back, and with something that can be right?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_module_answers(const Case& module, const Dossier&) {
    if (!module.module->answer_fault) {
        return {passed({{"calls", static_cast<std::int64_t>(module.module->steps.size())},
                        {"tokens", static_cast<std::int64_t>(module.module->tokens.size())}})};
    }
    const Fault& fault = *module.module->answer_fault;
    const faq::Id problem = fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed;
    return {failed(problem, evidence_of(fault))};
}
}  // namespace scca::checks
