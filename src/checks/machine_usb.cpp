// SPDX-License-Identifier: Apache-2.0
//
// machine.usb: is there a key at all? Without evidence from USB the one root cause is that none was detected.
#include "rungs.hpp"

#include "machine_doors.hpp"

namespace scca::checks {
namespace {

std::vector<std::string> texts_of(const std::vector<const token::UsbDeviceSeen*>& devices) {
    std::vector<std::string> texts;
    for (const token::UsbDeviceSeen* device : devices) texts.push_back(text_of(*device));
    return texts;
}

report::Fields evidence_of_usb(const Doors& doors) {
    report::Fields evidence;
    if (doors.usb_looked_at && !doors.usb_visible) evidence.push_back({"reason", std::string("usb-not-visible")});
    std::vector<std::string> keys = texts_of(doors.module_keys);
    for (std::string& key : texts_of(doors.pcsc_keys)) keys.push_back(std::move(key));
    if (!keys.empty()) evidence.push_back({"keys", std::move(keys)});
    if (!doors.readers.empty()) evidence.push_back({"readers", texts_of(doors.readers)});
    if (!doors.doubtful.empty()) evidence.push_back({"doubtful", texts_of(doors.doubtful)});
    return evidence;
}

}  // namespace

Judgements check_machine_usb(const Case&, const Dossier& dossier) {
    if (dossier.options->part == Part::no_key) return {};
    const Doors doors = doors_of(*dossier.snapshot);
    if (doors.sees_key()) return {passed(evidence_of_usb(doors))};
    if (doors.reached_token) return doors.usb_looked_at ? Judgements{noted(evidence_of_usb(doors))} : Judgements{};
    // A module that crashed or hung may have been the door to the key: then nobody knows, and its own fault says so.
    if (doors.module_broken) return {noted(evidence_of_usb(doors))};
    // A reader is no key and may hold one: only PC/SC can tell, and does so in rungs of its own.
    if (doors.expects_pcsc()) {
        return {doors.pcsc_asked ? noted(evidence_of_usb(doors)) : unknown(std::nullopt, evidence_of_usb(doors))};
    }
    report::Fields evidence = evidence_of_usb(doors);
    evidence.push_back({"modules", static_cast<std::int64_t>(dossier.snapshot->modules.size())});
    return {failed(faq::id::key_not_detected, std::move(evidence))};
}
}  // namespace scca::checks
