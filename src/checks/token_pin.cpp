// SPDX-License-Identifier: Apache-2.0
//
// token.pin: is the PIN locked, nearly locked, or still the initial one? Asked of the counter; no try is spent.
#include "rungs.hpp"

namespace scca::checks {
namespace {

constexpr std::uint32_t few = 2;  // at or below this the program itself refuses to use a PIN

report::Fields tries(const token::PinSeen& pin) {
    report::Fields fields;
    if (pin.tries_left) fields.push_back({"tries_left", static_cast<std::int64_t>(*pin.tries_left)});
    if (pin.tries_max) fields.push_back({"tries_max", static_cast<std::int64_t>(*pin.tries_max)});
    return fields;
}

/// It was asked how many tries are left, and answered with an error: nobody knows.
Judgements unanswered(const token::TokenSeen& token) {
    for (const auto& application : token.applications) {
        for (const Fault& fault : application.faults) {
            if (fault.call == "SKF_GetPINInfo") return {unknown(std::nullopt, evidence_of(fault))};
        }
    }
    return {};
}

}  // namespace

Judgements check_token_pin(const Case& token, const Dossier&) {
    Judgements judgements;
    for (const auto& application : token.token->applications) {
        const token::PinSeen& pin = application.pin;
        if (!pin.tries_left && !pin.locked && !pin.few) continue;
        // Facts on GM/T 0016: codes differ between vendors, so the counter decides, and a flag only where there is
        // none.
        const bool locked = pin.tries_left ? *pin.tries_left == 0 : pin.locked.value_or(false);
        const bool nearly = pin.tries_left ? *pin.tries_left <= few : pin.few.value_or(false);
        if (locked) {
            judgements.add(failed(faq::id::pin_locked, tries(pin)));
        } else if (nearly) {
            // PKCS#11 section 3.2: "an incorrect user login PIN has been entered at least once", which is no number.
            report::Fields evidence = tries(pin);
            if (!pin.tries_left) evidence.push_back({"reason", std::string("wrong-before")});
            judgements.add(warned(faq::id::pin_few_tries, std::move(evidence)));
        }
        if (!locked && pin.initial.value_or(false)) judgements.add(warned(faq::id::pin_initial));
        if (judgements.empty()) judgements.add(passed(tries(pin)));
    }
    return judgements.empty() ? unanswered(*token.token) : judgements;
}
}  // namespace scca::checks
