// SPDX-License-Identifier: Apache-2.0
//
// token.application: is anything on the key, and did it stay plugged in while it was looked at?
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "token_sight.hpp"

#include <algorithm>

namespace scca::checks {
Judgements check_token_application(const Case& token, const Dossier&) {
    if (const Fault* removal = find_removal(*token.token)) {
        return {failed(faq::id::key_removed, evidence_of(*removal))};
    }
    std::int64_t containers = 0;
    std::int64_t files = 0;
    for (const auto& application : token.token->applications) {
        containers += static_cast<std::int64_t>(application.containers.size());
        files += static_cast<std::int64_t>(application.files.size());
    }
    report::Fields evidence{{"applications", static_cast<std::int64_t>(token.token->applications.size())},
                            {"containers", containers},
                            {"files", files}};
    if (containers + files > 0) return {passed(std::move(evidence))};
    // What could not be opened is not empty.
    const auto& faults = token.token->faults;
    const auto refused =
        std::find_if(faults.begin(), faults.end(), [](const Fault& fault) { return fault.kind == FaultKind::code; });
    if (token.token->applications.empty() && refused != faults.end()) {
        return {failed(problem_of_refusal(*refused), evidence_of(*refused))};
    }
    if (unseen_of(*token.token).hides_objects) {
        evidence.push_back({"reason", std::string(behind_pin)});
        return {unknown(std::nullopt, std::move(evidence))};
    }
    return {failed(faq::id::key_blank, std::move(evidence))};
}
}  // namespace scca::checks
