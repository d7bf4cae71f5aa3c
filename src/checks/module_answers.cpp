// SPDX-License-Identifier: Apache-2.0
//
// module.answers: does every call come back, and with something that can be right? One that waits in vain for the smart
// card service or a card is not at fault itself.
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

namespace scca::checks {
Judgements check_module_answers(const Case& module, const Dossier& dossier) {
    const token::ModuleSeen& seen = *module.module;
    // What the smart card service refused is told by rungs of its own.
    const Fault* const refusal = module.pcsc != nullptr ? nullptr : find_refusal(seen);
    if (!seen.answer_fault && refusal != nullptr) {
        // A module may well refuse to list keys when there is none; the one for a key that USB shows may not.
        const Doors doors = doors_of(*dossier.snapshot);
        return {refuses_its_key(doors, seen) ? failed(problem_of_refusal(*refusal), evidence_of(*refusal))
                                             : noted(evidence_of(*refusal))};
    }
    if (!seen.answer_fault) {
        return {passed({{"calls", static_cast<std::int64_t>(seen.steps.size())},
                        {"tokens", static_cast<std::int64_t>(seen.tokens.size() + seen.tokens_elsewhere)}})};
    }
    const Fault& fault = *module.module->answer_fault;
    if (fault.kind == FaultKind::hung) {
        if (auto culprit = culprit_of_hanging(module, dossier)) {
            return {culprit->empty() ? unknown(std::nullopt, evidence_of(fault)) : blocked(std::move(*culprit))};
        }
    }
    const faq::Id problem = fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed;
    return {failed(problem, evidence_of(fault))};
}
}  // namespace scca::checks
