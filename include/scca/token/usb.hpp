// SPDX-License-Identifier: Apache-2.0
//
// What is plugged in, as the kernel tells it in sysfs, and whether this user may open the nodes through which drivers
// reach a key: usbfs for HID and vendor-class keys, /dev/sgN for keys that pose as a disk (hidraw is used by none).
// Opens no device and asks it nothing; files in sysfs carry a stranger's text and are read within bounds.
#pragma once

#include "scca/token/snapshot.hpp"

#include <filesystem>
#include <vector>

namespace scca::token {

struct UsbPlaces {
    std::filesystem::path sysfs = "/sys";
    std::filesystem::path dev = "/dev";  ///< empty: nodes are not looked at
    std::vector<std::filesystem::path> udev_rules{"/etc/udev/rules.d", "/run/udev/rules.d",
                                                  "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",
                                                  "/lib/udev/rules.d"};
};

/// For --sysfs-root: a sysfs, or a folder with `sys` in it. Nodes and rules are looked for in the `dev` and `etc/udev`
/// beside it, for those of this machine belong to other devices. "/sys" is this machine.
[[nodiscard]] UsbPlaces places_of_sysfs(const std::filesystem::path& root);

[[nodiscard]] UsbSeen look_at_usb(const UsbPlaces& places);

}  // namespace scca::token
