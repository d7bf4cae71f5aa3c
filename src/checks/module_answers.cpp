// SPDX-License-Identifier: Apache-2.0
//
// module.answers: does every call come back, and with something that can be right?
#include "rungs.hpp"

#include <algorithm>

namespace scca::checks {
Judgements check_module_answers(const Case& module, const Dossier&) {
    const auto& refusals = module.module->refusals;
    const auto refused = std::find_if(refusals.begin(), refusals.end(),
                                      [](const Fault& fault) { return fault.kind == FaultKind::code; });
    if (!module.module->answer_fault && module.module->tokens.empty() && refused != refusals.end()) {
        return {noted(evidence_of(*refused))};  // it answers, if only with an error: no crash, but worth knowing
    }
    if (!module.module->answer_fault) {
        return {passed({{"calls", static_cast<std::int64_t>(module.module->steps.size())},
                        {"tokens", static_cast<std::int64_t>(module.module->tokens.size())}})};
    }
    const Fault& fault = *module.module->answer_fault;
    const faq::Id problem = fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed;
    return {failed(problem, evidence_of(fault))};
}
}  // namespace scca::checks
