// SPDX-License-Identifier: Apache-2.0
//
// machine.driver: is there a module that knows the key that USB shows? One that is there and finds no key does not.
#include "rungs.hpp"

#include "machine_doors.hpp"

namespace scca::checks {
namespace {

report::Fields evidence_of_lack(const token::Snapshot& snapshot, const token::UsbDeviceSeen& key) {
    report::Fields evidence{{"device", text_of(key)}};
    if (lacks_storage_driver(key)) evidence.push_back({"reason", std::string("storage-driver-missing")});
    std::vector<std::string> tried;
    for (const token::ModuleSeen& module : snapshot.modules) {
        if (could_drive(module.path, key)) tried.push_back(module.path);
    }
    if (!tried.empty()) evidence.push_back({"modules", std::move(tried), report::Privacy::path});
    std::vector<std::string> left_out;
    for (const token::ModuleFound& module : snapshot.modules_found) {
        if (module.bar == token::ModuleBar::others_write && could_drive(module.path, key))
            left_out.push_back(module.path);
    }
    if (!left_out.empty()) {
        evidence.push_back({"option", "--module " + left_out.front(), report::Privacy::path});
        evidence.push_back({"modules_not_loaded", std::move(left_out), report::Privacy::path});
    }
    return evidence;
}

}  // namespace

Judgements check_machine_driver(const Case&, const Dossier& dossier) {
    if (dossier.options->part == Part::no_key) return {};
    const token::Snapshot& snapshot = *dossier.snapshot;
    const Doors doors = doors_of(snapshot);
    if (!doors.sees_key()) return {};
    if (doors.reached_token) return {passed()};
    for (const token::UsbDeviceSeen* key : doors.module_keys) {
        // What is broken below, or is this module's own fault, is told there.
        if (find_obstacle(*key).stands() || has_broken_module(snapshot, *key)) continue;
        return {failed(faq::id::key_driver_missing, evidence_of_lack(snapshot, *key))};
    }
    if (doors.expects_module()) return {noted()};
    // The key is in the hands of the smart card service, and nothing here has asked that.
    return {doors.module_broken ? noted() : unknown(std::nullopt, {{"device", text_of(*doors.pcsc_keys.front())}})};
}
}  // namespace scca::checks
