// SPDX-License-Identifier: Apache-2.0
//
// machine.usb.access: is there a node through which a module reaches the key, and may this user open it? Keys with a
// CCID interface are opened by the smart card service and are not asked about.
#include "rungs.hpp"

#include "machine_doors.hpp"

#include <array>
#include <cstdio>

namespace scca::checks {
namespace {

std::string octal(std::uint32_t mode) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04o", static_cast<unsigned>(mode));
    return text.data();
}

report::Fields evidence_of_obstacle(const token::UsbDeviceSeen& device, const Obstacle& obstacle) {
    report::Fields evidence{{"device", text_of(device)}, {"reason", std::string(obstacle.reason)}};
    if (obstacle.node != nullptr) {
        evidence.push_back({"node", obstacle.node->path});
        if (obstacle.node->mode) {
            evidence.push_back({"mode", octal(*obstacle.node->mode)});
            evidence.push_back({"owner", obstacle.node->owner});
            evidence.push_back({"group", obstacle.node->group});
        }
        evidence.push_back({"errno", static_cast<std::int64_t>(obstacle.node->refusal)});
    }
    if (obstacle.reason == "sg-missing") evidence.push_back({"run", std::string("modprobe sg")});
    if (obstacle.reason == "rule-not-applied") evidence.push_back({"udev_rule_file", device.udev_rule});
    if (obstacle.reason == "no-permission") {
        evidence.push_back({"udev_rule_file", std::string("/etc/udev/rules.d/70-scca-key.rules")});
        evidence.push_back({"udev_rule", udev_rule_for(device)});
    }
    return evidence;
}

}  // namespace

Judgements check_machine_usb_access(const Case&, const Dossier& dossier) {
    if (dossier.options->part == Part::no_key) return {};
    const Doors doors = doors_of(*dossier.snapshot);
    for (const token::UsbDeviceSeen* key : doors.module_keys) {
        const Obstacle obstacle = find_obstacle(*key);
        if (!obstacle.stands()) continue;
        report::Fields evidence = evidence_of_obstacle(*key, obstacle);
        if (doors.reached_token) return {noted(std::move(evidence))};
        return {failed(faq::id::key_no_permission, std::move(evidence))};
    }
    if (doors.module_keys.empty() || !dossier.snapshot->usb->nodes_looked_at) return {};
    return {passed()};
}
}  // namespace scca::checks
