// SPDX-License-Identifier: Apache-2.0
//
// machine.usb: is there a key at all? Without evidence from USB the one root cause is that none was detected.
#include "rungs.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

/// A module that crashed or hung may have been the door to the key: then nobody knows, and its own fault says so.
bool a_door_is_broken(const token::Snapshot& snapshot) {
    return std::any_of(snapshot.modules.begin(), snapshot.modules.end(), [](const token::ModuleSeen& module) {
        return !module.file_faults.empty() || module.load_fault || module.answer_fault;
    });
}

bool a_token_was_reached(const token::Snapshot& snapshot) {
    return std::any_of(snapshot.modules.begin(), snapshot.modules.end(),
                       [](const token::ModuleSeen& module) { return !module.tokens.empty(); });
}

}  // namespace

Judgements check_machine_usb(const Case&, const Dossier& dossier) {
    // Who names files asks nothing about a key.
    if (!dossier.snapshot->files.empty()) return {};
    if (dossier.options->part == Part::no_key || a_token_was_reached(*dossier.snapshot)) return {};
    if (a_door_is_broken(*dossier.snapshot)) return {noted()};
    return {failed(faq::id::key_not_detected,
                   {{"modules", static_cast<std::int64_t>(dossier.snapshot->modules.size())}})};
}
}  // namespace scca::checks
