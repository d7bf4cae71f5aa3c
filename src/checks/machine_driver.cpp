// SPDX-License-Identifier: Apache-2.0
//
// machine.driver: is there a module that knows the key that USB shows, or the card that the smart card service shows?
// One that is there and finds no key does not.
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

namespace scca::checks {
namespace {

/// Modules that could have known the key and did not, and those that nobody asked.
template <class CouldDrive>
void tell_modules(report::Fields& evidence, const token::Snapshot& snapshot, CouldDrive could) {
    std::vector<std::string> tried;
    for (const token::ModuleSeen& module : snapshot.modules) {
        if (could(module.path)) tried.push_back(module.path);
    }
    if (!tried.empty()) evidence.push_back({"modules", std::move(tried), report::Privacy::path});
    std::vector<std::string> left_out;
    for (const token::ModuleFound& module : snapshot.modules_found) {
        if (module.bar == token::ModuleBar::others_write && could(module.path)) left_out.push_back(module.path);
    }
    if (!left_out.empty()) {
        evidence.push_back({"option", "--module " + left_out.front(), report::Privacy::path});
        evidence.push_back({"modules_not_loaded", std::move(left_out), report::Privacy::path});
    }
}

report::Fields evidence_of_lack(const token::Snapshot& snapshot, const token::UsbDeviceSeen& key) {
    report::Fields evidence{{"device", text_of(key)}};
    if (lacks_storage_driver(key)) evidence.push_back({"reason", std::string("storage-driver-missing")});
    tell_modules(evidence, snapshot, [&](const std::string& path) { return could_drive(path, key); });
    return evidence;
}

/// The key behind the smart card service: its card answers, and no module opened it.
report::Fields evidence_of_card(const token::Snapshot& snapshot, const Doors& doors) {
    report::Fields evidence;
    const std::string& reader = doors.cards.front()->name;
    evidence.push_back({"device", doors.pcsc_keys.empty() ? reader : text_of(*doors.pcsc_keys.front())});
    for (report::Field& field : evidence_of_reader(*doors.cards.front())) evidence.push_back(std::move(field));
    tell_modules(evidence, snapshot, may_use_cards);
    return evidence;
}

}  // namespace

Judgements check_machine_driver(const Case&, const Dossier& dossier) {
    if (dossier.options->part == Part::no_key) return {};
    const token::Snapshot& snapshot = *dossier.snapshot;
    const Doors doors = doors_of(snapshot);
    if (!doors.sees_key() && doors.cards.empty()) return {};
    if (doors.reached_token) return {passed()};
    for (const token::UsbDeviceSeen* key : doors.module_keys) {
        // What is broken below, or is this module's own fault, is told there.
        if (find_obstacle(*key).stands() || has_broken_module(snapshot, *key)) continue;
        return {failed(faq::id::key_driver_missing, evidence_of_lack(snapshot, *key))};
    }
    if (!doors.expects_pcsc() || doors.module_broken) return {noted()};
    if (!doors.cards.empty()) return {failed(faq::id::key_driver_missing, evidence_of_card(snapshot, doors))};
    // The key is in the hands of the smart card service: what is wrong there is told by its rungs.
    return {doors.pcsc_asked ? noted() : unknown(std::nullopt, {{"device", text_of(*doors.pcsc_keys.front())}})};
}
}  // namespace scca::checks
