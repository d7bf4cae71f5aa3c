// SPDX-License-Identifier: Apache-2.0
//
// machine.helper: does the CA's helper for web pages listen? Never more than a note: keys work without it, and it does
// not exist on Linux.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_machine_helper(const Case&, const Dossier& dossier) {
    const auto& machine = dossier.snapshot->machine;
    if (!machine || !machine->helper_listens) return {};
    report::Fields evidence{{"address", "127.0.0.1:" + std::to_string(machine->helper_port)}};
    if (*machine->helper_listens) return {passed(std::move(evidence))};
    return {{report::Outcome::noted, faq::id::helper_not_running, std::move(evidence), {}}};
}
}  // namespace scca::checks
