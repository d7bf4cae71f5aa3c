// SPDX-License-Identifier: Apache-2.0
//
// USB ids of certificate keys, and of the readers, FIDO tokens and licence dongles that are taken for them. An id tells
// who made a device and what it is sold as; how to reach it (HID, storage, CCID) is read from the device itself, for
// many ids exist in several makes. Names of lsusb are not used: 055c is Longmai in practice, whatever usb.ids says.
#pragma once

#include "scca/devices/vendor.hpp"

#include <cstdint>
#include <string_view>

namespace scca::devices {

enum class UsbKind : std::uint8_t {
    certificate_key,
    reader,  ///< a smart card reader: may hold a card, is no key
    fido,    ///< holds no certificates, though many have a CCID interface
    other,   ///< a licence dongle and the like
};

/// How products of this id have been seen to present themselves; several may be set, none means that nobody wrote it
/// down.
struct UsbClassHint {
    bool hid = false, storage = false, ccid = false;
};

struct UsbVendor {
    std::uint16_t id = 0;
    Vendor vendor = Vendor::unknown;
    UsbKind kind = UsbKind::certificate_key;  ///< what a product of theirs is that is not listed
};

struct UsbProduct {
    std::uint16_t vendor_id = 0, product_id = 0;
    Vendor vendor = Vendor::unknown;
    std::string_view name;
    UsbKind kind = UsbKind::certificate_key;
    UsbClassHint seen_as;
    bool borrowed = false;  ///< an id that belongs to somebody else, or to nobody: proves little
};

[[nodiscard]] const UsbVendor* find_usb_vendor(std::uint16_t vendor_id) noexcept;
[[nodiscard]] const UsbProduct* find_usb_product(std::uint16_t vendor_id, std::uint16_t product_id) noexcept;

}  // namespace scca::devices
