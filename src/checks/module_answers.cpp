// SPDX-License-Identifier: Apache-2.0
//
// module.answers: does every call come back, and with something that can be right? One that waits in vain for the smart
// card service or a card is not at fault itself.
#include "rungs.hpp"

#include "pcsc_door.hpp"

#include <algorithm>

namespace scca::checks {
Judgements check_module_answers(const Case& module, const Dossier& dossier) {
    const auto& refusals = module.module->refusals;
    const auto refused = std::find_if(refusals.begin(), refusals.end(),
                                      [](const Fault& fault) { return fault.kind == FaultKind::code; });
    const bool is_service = module.pcsc != nullptr;  // what it refused is told by rungs of its own
    if (!is_service && !module.module->answer_fault && module.module->tokens.empty() && refused != refusals.end()) {
        return {noted(evidence_of(*refused))};  // it answers, if only with an error: no crash, but worth knowing
    }
    if (!module.module->answer_fault) {
        return {passed({{"calls", static_cast<std::int64_t>(module.module->steps.size())},
                        {"tokens", static_cast<std::int64_t>(module.module->tokens.size())}})};
    }
    const Fault& fault = *module.module->answer_fault;
    if (fault.kind == FaultKind::hung) {
        if (std::string culprit = culprit_of_hanging(module, dossier); !culprit.empty()) {
            return {blocked(std::move(culprit))};
        }
    }
    const faq::Id problem = fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed;
    return {failed(problem, evidence_of(fault))};
}
}  // namespace scca::checks
