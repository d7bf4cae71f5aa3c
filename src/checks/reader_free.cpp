// SPDX-License-Identifier: Apache-2.0
//
// reader.free: may the card be shared, or does another program keep it to itself, or busy? Names that program, or says
// that it cannot be known: the service, which holds every card for all, is never named.
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

namespace scca::checks {
namespace {

report::Fields evidence_of_holder(const token::PcscSeen& seen) {
    if (std::string holder = holder_of(seen); !holder.empty()) {
        return {{"holder", std::move(holder)}, {"pid", seen.clients.front().number}};
    }
    report::Fields evidence{{"holder", std::monostate()}, {"reason", std::string("holder-unknown")}};
    std::vector<std::string> candidates;
    for (const token::ProcessSeen& process : seen.clients) candidates.push_back(text_of(process));
    if (!candidates.empty()) evidence.push_back({"holders_possible", std::move(candidates)});
    if (seen.hidden_clients > 0) {
        evidence.push_back({"holders_hidden", static_cast<std::int64_t>(seen.hidden_clients)});
    }
    return evidence;
}

}  // namespace

Judgements check_reader_free(const Case& one, const Dossier& dossier) {
    constexpr std::uint32_t in_use = 0x0100;  // SCARD_STATE_INUSE
    const token::PcscSeen& seen = *dossier.snapshot->pcsc;
    const CardState state = card_state(*one.reader);
    if (service_state(seen) != ServiceState::answers || !has_card(state) || state == CardState::mute) return {};
    report::Fields evidence{{"reader", one.reader->name}};
    if (!is_kept(*one.reader, seen)) {
        evidence.push_back({"in_use", (one.reader->state.value_or(0) & in_use) != 0});
        return {passed(std::move(evidence))};
    }
    for (report::Field& field : evidence_of_holder(seen)) evidence.push_back(std::move(field));
    if (state == CardState::silent) {
        for (report::Field& field : evidence_of(*one.reader->answer_fault)) evidence.push_back(std::move(field));
    }
    const bool counts = doors_of(*dossier.snapshot).expects_pcsc();
    return {counts ? failed(faq::id::key_held_by_another, std::move(evidence)) : noted(std::move(evidence))};
}
}  // namespace scca::checks
