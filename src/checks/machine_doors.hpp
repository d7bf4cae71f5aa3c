// SPDX-License-Identifier: Apache-2.0
//
// Doors to a key: PC/SC, PKCS#11 and SKF modules lead to the same one. When none of them reached a token, what is seen
// on USB says which door was expected, and the lowest broken rung of that door alone has failed.
#pragma once

#include "dossier.hpp"

#include "scca/devices/module.hpp"
#include "scca/devices/vendor.hpp"
#include "scca/faq/ids.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace scca::checks {

/// What a USB device is for us.
enum class UsbMeaning : std::uint8_t {
    nothing,     ///< no key: unknown, a FIDO token, a licence dongle
    module_key,  ///< a key that its maker's module reaches by HID, storage or its own class
    pcsc_key,    ///< a key with a CCID interface
    reader,      ///< a CCID device that is not known as a key
    doubtful,    ///< known as a key by an id that others use as well
};

[[nodiscard]] UsbMeaning meaning_of(const token::UsbDeviceSeen& device);
[[nodiscard]] devices::Vendor vendor_of(const token::UsbDeviceSeen& device);
/// "055c:e618 Longmai 龙脉 mToken GM3000"
[[nodiscard]] std::string text_of(const token::UsbDeviceSeen& device);

struct Doors {
    bool reached_token = false;
    bool module_broken =
        false;  ///< a module or the service crashed, hung or was not to be had: it may have been the door
    bool usb_looked_at = false, usb_visible = false;
    bool pcsc_asked = false;    ///< the smart card service, or at least its socket, was looked at
    bool lists_reader = false;  ///< the service knows a reader that is really there
    std::vector<const token::UsbDeviceSeen*> module_keys, pcsc_keys, readers, doubtful;
    std::vector<const token::ReaderSeen*> cards;  ///< readers with a card that answers

    [[nodiscard]] bool expects_module() const noexcept { return !reached_token && !module_keys.empty(); }
    [[nodiscard]] bool expects_pcsc() const noexcept {
        const bool any_reader = !readers.empty() || lists_reader;
        return !reached_token && (!pcsc_keys.empty() || (module_keys.empty() && any_reader));
    }
    [[nodiscard]] bool sees_key() const noexcept { return !module_keys.empty() || !pcsc_keys.empty(); }
};

[[nodiscard]] Doors doors_of(const token::Snapshot& snapshot);

/// Whether the module at `path` may be one for this key: one for another maker's keys or for software is not; of an
/// unknown one it cannot be said.
[[nodiscard]] bool could_drive(std::string_view path, const token::UsbDeviceSeen& device);

/// The first thing that the module was asked for a list of keys was refused with an error code; null when it was not.
[[nodiscard]] const Fault* find_refusal(const token::ModuleSeen& module);
/// The module was expected to reach a key that USB shows, and what it answered is an error.
[[nodiscard]] bool refuses_its_key(const Doors& doors, const token::ModuleSeen& module);

/// What a refused call says of the key: it is gone, or it does not answer.
[[nodiscard]] faq::Id problem_of_refusal(const Fault& fault);

/// A key whose module may have been found and came to grief.
[[nodiscard]] bool has_broken_module(const token::Snapshot& snapshot, const token::UsbDeviceSeen& device);

/// What stands between this user and the node by which a module reaches the key: usbfs, or for a key that poses as a
/// disk and nothing else /dev/sgN.
struct Obstacle {
    std::string_view reason;  ///< no-permission, rule-not-applied, node-missing, sg-missing; empty when none
    const token::NodeSeen* node = nullptr;  ///< null when there is no node at all

    [[nodiscard]] bool stands() const noexcept { return !reason.empty(); }
};
[[nodiscard]] Obstacle find_obstacle(const token::UsbDeviceSeen& device);

/// It poses as a disk, and the kernel has nothing that would take it.
[[nodiscard]] bool lacks_storage_driver(const token::UsbDeviceSeen& device);

/// A rule for udev that gives the keys of this vendor to the person at the machine, ready to be copied.
[[nodiscard]] std::string udev_rule_for(const token::UsbDeviceSeen& device);

}  // namespace scca::checks
