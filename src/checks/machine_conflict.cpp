// SPDX-License-Identifier: Apache-2.0
//
// machine.conflict: are there programs of two makers one of whom warns of the other?
#include "rungs.hpp"

#include "scca/devices/middleware.hpp"

namespace scca::checks {
Judgements check_machine_conflict(const Case&, const Dossier& dossier) {
    const auto& machine = dossier.snapshot->machine;
    if (!machine || machine->middleware.empty()) return {};
    for (const token::ProgramSeen& one : machine->middleware) {
        for (const token::ProgramSeen& other : machine->middleware) {
            if (!known_to_conflict(devices::find_middleware(one.name), devices::find_middleware(other.name))) continue;
            return {warned(faq::id::driver_conflict,
                           {{"programs", std::vector<std::string>{one.name, other.name}},
                            {"paths", std::vector<std::string>{one.path, other.path}, report::Privacy::path}})};
        }
    }
    return {passed()};
}
}  // namespace scca::checks
