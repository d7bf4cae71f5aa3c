// SPDX-License-Identifier: Apache-2.0
//
// machine.pcsc: does the smart card service answer this user? Where no key is expected behind it, or another door led
// to one, a service that is absent is no fault; one that hangs always is, for it hangs whoever asks it. One that
// answers nothing but errors is helped as one that does not answer.
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

#include <array>
#include <cstdio>

namespace scca::checks {
namespace {

report::Fields evidence_of_service(const token::PcscSeen& seen, ServiceState state) {
    report::Fields evidence{{"socket", seen.socket.path, report::Privacy::path}};
    if (const std::string_view reason = reason_of(state); !reason.empty()) {
        evidence.push_back({"reason", std::string(reason)});
    }
    // Of a socket that took the connection the mode explains nothing.
    if (state == ServiceState::forbidden && seen.socket.mode && seen.socket.refusal != 0) {
        std::array<char, 16> mode{};
        std::snprintf(mode.data(), mode.size(), "%04o", static_cast<unsigned>(*seen.socket.mode));
        evidence.push_back({"mode", std::string(mode.data())});
        evidence.push_back({"owner", seen.socket.owner});
        evidence.push_back({"group", seen.socket.group});
    }
    if (const Fault* fault = fault_of(seen)) {
        for (report::Field& field : evidence_of(*fault)) evidence.push_back(std::move(field));
    }
    return evidence;
}

}  // namespace

Judgements check_machine_pcsc(const Case&, const Dossier& dossier) {
    const auto& seen = dossier.snapshot->pcsc;
    if (!seen) return {};
    const ServiceState state = service_state(*seen);
    report::Fields evidence = evidence_of_service(*seen, state);
    if (state == ServiceState::hung) return {failed(faq::id::service_hung, std::move(evidence))};
    // Without a key nothing is expected of it, but modules hang with it.
    if (dossier.options->part == Part::no_key) return {};
    if (state == ServiceState::answers) return {passed(std::move(evidence))};
    const bool expected = doors_of(*dossier.snapshot).expects_pcsc();
    if (!expected) return {noted(std::move(evidence))};
    if (state == ServiceState::error) return {failed(faq::id::service_hung, std::move(evidence))};
    if (state != ServiceState::library_at_fault) return {failed(faq::id::service_not_running, std::move(evidence))};
    const bool has_own_fault = seen->library->load_fault || seen->library->answer_fault;
    return {has_own_fault ? noted(std::move(evidence)) : unknown(std::nullopt, std::move(evidence))};
}
}  // namespace scca::checks
