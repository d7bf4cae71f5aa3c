// SPDX-License-Identifier: Apache-2.0
//
// reader.found: does the smart card service list a reader that is really there?
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

namespace scca::checks {
Judgements check_reader_found(const Case&, const Dossier& dossier) {
    const auto& seen = dossier.snapshot->pcsc;
    if (!seen || dossier.options->part == Part::no_key || service_state(*seen) != ServiceState::answers) return {};
    std::vector<std::string> there, ghosts;
    for (const token::ReaderSeen& reader : readers_of(*dossier.snapshot)) {
        (card_state(reader) == CardState::ghost ? ghosts : there).push_back(reader.name);
    }
    report::Fields evidence;
    if (!ghosts.empty()) evidence.push_back({"ghosts", std::move(ghosts)});
    if (there.empty()) {
        const bool expected = doors_of(*dossier.snapshot).expects_pcsc();
        return {expected ? failed(faq::id::reader_not_found, std::move(evidence)) : noted(std::move(evidence))};
    }
    evidence.push_back({"readers", std::move(there)});
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
