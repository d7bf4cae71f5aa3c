// SPDX-License-Identifier: Apache-2.0
#include "scca/devices/usb.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace scca::devices {
namespace {

/// Vendors whose other products can be guessed at; sorted by id.
constexpr std::array usb_vendors{
    UsbVendor{0x055c, Vendor::longmai, UsbKind::certificate_key},
    UsbVendor{0x096e, Vendor::feitian, UsbKind::certificate_key},
    UsbVendor{0x14d6, Vendor::hengbao, UsbKind::certificate_key},
    UsbVendor{0x163c, Vendor::watchdata, UsbKind::certificate_key},
    UsbVendor{0x1677, Vendor::huada, UsbKind::certificate_key},
    UsbVendor{0x1bc0, Vendor::senseshield, UsbKind::other},
    UsbVendor{0x1d99, Vendor::hsic, UsbKind::certificate_key},
    UsbVendor{0x1ea8, Vendor::excelsecu, UsbKind::certificate_key},
    UsbVendor{0x311f, Vendor::trustkey, UsbKind::fido},
    UsbVendor{0x5448, Vendor::haitai, UsbKind::certificate_key},
};

// One row a line, sorted by id; sources: usb.ids, libccid's list, installers and udev rules of the makers.
// clang-format off
constexpr std::array usb_products{
    UsbProduct{0x04b4, 0x1234, Vendor::mingwah, "eKey", UsbKind::certificate_key, {}, true},
    UsbProduct{0x055c, 0x0223, Vendor::longmai, "mToken, smart card mode", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x055c, 0x2205, Vendor::longmai, "mToken GM3000", UsbKind::certificate_key, {.hid = true}},
    UsbProduct{0x055c, 0xdb08, Vendor::longmai, "mToken GM3000", UsbKind::certificate_key, {.storage = true}},
    UsbProduct{0x055c, 0xe425, Vendor::longmai, "Bluetooth key", UsbKind::certificate_key, {}},
    UsbProduct{0x055c, 0xe508, Vendor::longmai, "GM3000 OTG", UsbKind::certificate_key, {}},
    UsbProduct{0x055c, 0xe618, Vendor::longmai, "mToken GM3000", UsbKind::certificate_key, {.hid = true, .storage = true}},
    UsbProduct{0x055c, 0xe623, Vendor::longmai, "Bluetooth key", UsbKind::certificate_key, {}},
    UsbProduct{0x055c, 0xf603, Vendor::longmai, "mToken GM3000", UsbKind::certificate_key, {.hid = true, .storage = true}},
    UsbProduct{0x05e3, 0x0723, Vendor::unknown, "SD card key in a reader", UsbKind::certificate_key, {.storage = true}, true},
    UsbProduct{0x05e3, 0x0736, Vendor::unknown, "SD card key in a reader", UsbKind::certificate_key, {.storage = true}, true},
    UsbProduct{0x096e, 0x0005, Vendor::feitian, "ePass2000", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0006, Vendor::feitian, "Rockey dongle", UsbKind::other, {.hid = true}},
    UsbProduct{0x096e, 0x0303, Vendor::feitian, "ePass3000GM (SM2)", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x096e, 0x0305, Vendor::feitian, "ePass2000Auto", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0309, Vendor::feitian, "ePass3000GM", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0312, Vendor::feitian, "SM2 key", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0314, Vendor::feitian, "ePass3000GM family", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0316, Vendor::feitian, "ePass3000GM family", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0317, Vendor::feitian, "ePass3000GM HID", UsbKind::certificate_key, {.hid = true}},
    UsbProduct{0x096e, 0x0319, Vendor::feitian, "SM2 key", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x031a, Vendor::feitian, "ePass3000GM family", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x031e, Vendor::feitian, "SJK1104-G", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x031f, Vendor::feitian, "ePass3000GM family", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0321, Vendor::feitian, "key with a mass storage interface", UsbKind::certificate_key, {.storage = true}},
    UsbProduct{0x096e, 0x0322, Vendor::feitian, "ePass3000GM family", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0401, Vendor::feitian, "ePass3000", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0405, Vendor::feitian, "Zzkey Dongle", UsbKind::other, {}},
    UsbProduct{0x096e, 0x0503, Vendor::feitian, "SCR301 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0505, Vendor::feitian, "SCR310 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0603, Vendor::feitian, "PIVKey T800", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x096e, 0x0608, Vendor::feitian, "R502-CL reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x060d, Vendor::feitian, "R502 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0619, Vendor::feitian, "iR301 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x061a, Vendor::feitian, "bR301 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x061c, Vendor::feitian, "iR301 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0621, Vendor::feitian, "BLE CCID dongle", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0622, Vendor::feitian, "VR504 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0623, Vendor::feitian, "bR500 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0624, Vendor::feitian, "bR301 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x062e, Vendor::feitian, "R701 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0685, Vendor::feitian, "R805 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x096e, 0x0702, Vendor::feitian, "ePass3003", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0703, Vendor::feitian, "ePass3003Auto", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0801, Vendor::feitian, "Token", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0802, Vendor::feitian, "ePass2000", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0803, Vendor::feitian, "ePass2001", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0807, Vendor::feitian, "ePass2003", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x096e, 0x080a, Vendor::feitian, "ePass2003Auto", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x096e, 0x080f, Vendor::feitian, "eJAVA Token", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x096e, 0x0811, Vendor::feitian, "ePass3000GM", UsbKind::certificate_key, {}},
    UsbProduct{0x096e, 0x0853, Vendor::feitian, "U2F CCID KB", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0855, Vendor::feitian, "CCID KB", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0856, Vendor::feitian, "U2F CCID", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0859, Vendor::feitian, "CCID", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0867, Vendor::feitian, "Biopass FIDO2", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0868, Vendor::feitian, "Biopass KB FIDO CCID", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x0869, Vendor::feitian, "Biopass KB CCID", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x086a, Vendor::feitian, "BioPass FIDO2 Pro", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096e, 0x086c, Vendor::feitian, "Biopass CCID", UsbKind::fido, {.ccid = true}},
    UsbProduct{0x096f, 0x0001, Vendor::unknown, "天翼U盾", UsbKind::certificate_key, {}},
    UsbProduct{0x096f, 0x0002, Vendor::unknown, "移动电子密钥", UsbKind::certificate_key, {}},
    UsbProduct{0x1483, 0x1200, Vendor::mingwah, "eKey V3", UsbKind::certificate_key, {}},
    UsbProduct{0x14d6, 0x1004, Vendor::hengbao, "UranuSafe Key", UsbKind::certificate_key, {}},
    UsbProduct{0x14d6, 0x1006, Vendor::hengbao, "UranuSafe Key", UsbKind::certificate_key, {}},
    UsbProduct{0x14d6, 0x3002, Vendor::hengbao, "UranuSafe Key", UsbKind::certificate_key, {}},
    UsbProduct{0x14d6, 0x3032, Vendor::hengbao, "UranuSafe Key", UsbKind::certificate_key, {.storage = true}},
    UsbProduct{0x14d6, 0x3732, Vendor::hengbao, "UranuSafe Key, Bluetooth", UsbKind::certificate_key, {}},
    UsbProduct{0x163c, 0x0401, Vendor::watchdata, "WatchKey", UsbKind::certificate_key, {}},
    UsbProduct{0x163c, 0x0406, Vendor::watchdata, "WatchCNPC USB CCID Key", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x163c, 0x0407, Vendor::watchdata, "USB Key", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x163c, 0x0415, Vendor::watchdata, "SM2 key", UsbKind::certificate_key, {}},
    UsbProduct{0x163c, 0x0417, Vendor::watchdata, "USB Key", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x163c, 0x0418, Vendor::watchdata, "USB Key", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x163c, 0x0423, Vendor::watchdata, "SM2 key", UsbKind::certificate_key, {}},
    UsbProduct{0x163c, 0x0a03, Vendor::watchdata, "W5181 reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x163c, 0x0a12, Vendor::watchdata, "HID key", UsbKind::certificate_key, {.hid = true}},
    UsbProduct{0x1677, 0x0025, Vendor::huada, "uKeyCI800-K18", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0x1677, 0x0101, Vendor::huada, "uKeyCI800", UsbKind::certificate_key, {}},
    UsbProduct{0x1677, 0x0103, Vendor::huada, "Token", UsbKind::certificate_key, {}},
    UsbProduct{0x1677, 0x0341, Vendor::huada, "SIMHUB reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x1d99, 0x0001, Vendor::hsic, "KShield", UsbKind::certificate_key, {}},
    UsbProduct{0x1d99, 0x0016, Vendor::hsic, "CCID-Reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x1e89, 0x1990, Vendor::etaxviton, "tax key", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0x800f, Vendor::excelsecu, "TOKEN2 Molto2", UsbKind::other, {.ccid = true}},
    UsbProduct{0x1ea8, 0x8013, Vendor::excelsecu, "Card reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0x1ea8, 0xc001, Vendor::excelsecu, "ES key", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xc01b, Vendor::excelsecu, "ES key", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xc02c, Vendor::excelsecu, "ES key", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xc104, Vendor::excelsecu, "Bluetooth key", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xc11b, Vendor::excelsecu, "SJK1944-G", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xc140, Vendor::excelsecu, "SJK1944-G", UsbKind::certificate_key, {}},
    UsbProduct{0x1ea8, 0xf025, Vendor::excelsecu, "Thetis U2F", UsbKind::fido, {.hid = true}},
    UsbProduct{0x1ea8, 0xfc25, Vendor::excelsecu, "Thetis FIDO2", UsbKind::fido, {.hid = true}},
    UsbProduct{0x2010, 0x1200, Vendor::aratek, "fingerprint key", UsbKind::certificate_key, {}},
    UsbProduct{0x22fb, 0x1014, Vendor::ztxa, "USK218", UsbKind::certificate_key, {}},
    UsbProduct{0x2fd0, 0x1000, Vendor::dingxin, "USB key", UsbKind::certificate_key, {}},
    UsbProduct{0x3a59, 0x4458, Vendor::wintrust, "UKey", UsbKind::certificate_key, {}},
    UsbProduct{0x4612, 0x04b4, Vendor::fisec, "UKey", UsbKind::certificate_key, {}},
    UsbProduct{0x4e49, 0x4559, Vendor::olym, "UKey", UsbKind::certificate_key, {}},
    UsbProduct{0x5448, 0x0001, Vendor::haitai, "HaiKey", UsbKind::certificate_key, {.hid = true, .ccid = true}},
    UsbProduct{0x5448, 0x0002, Vendor::haitai, "HaiKey", UsbKind::certificate_key, {}},
    UsbProduct{0x5448, 0x0003, Vendor::haitai, "HaiKey", UsbKind::certificate_key, {.hid = true}},
    UsbProduct{0x5448, 0x0004, Vendor::haitai, "HaiKey", UsbKind::certificate_key, {}},
    UsbProduct{0x5448, 0x0103, Vendor::haitai, "HaiKey SM2", UsbKind::certificate_key, {}},
    UsbProduct{0x5448, 0x0203, Vendor::haitai, "HaiKey SM2", UsbKind::certificate_key, {}},
    UsbProduct{0x6513, 0x0089, Vendor::watchdata, "WatchKey", UsbKind::certificate_key, {}},
    UsbProduct{0x6588, 0x1514, Vendor::linguo, "LGU3073", UsbKind::certificate_key, {}},
    UsbProduct{0xa625, 0x0801, Vendor::tianyu, "CCID SmartKey", UsbKind::certificate_key, {.ccid = true}},
    UsbProduct{0xa625, 0x0810, Vendor::tianyu, "Smart Card Reader", UsbKind::reader, {.ccid = true}},
    UsbProduct{0xabcd, 0x1000, Vendor::unknown, "FMSJK or ETax key", UsbKind::certificate_key, {}, true},
    UsbProduct{0xf02e, 0x0101, Vendor::etaxviton, "tax key", UsbKind::certificate_key, {}},
    UsbProduct{0xf02e, 0x0201, Vendor::etaxviton, "tax key", UsbKind::certificate_key, {}},
};
// clang-format on

constexpr bool before(const UsbProduct& one, const UsbProduct& other) {
    return std::tuple(one.vendor_id, one.product_id) < std::tuple(other.vendor_id, other.product_id);
}
static_assert(std::is_sorted(usb_products.begin(), usb_products.end(), before));

}  // namespace

const UsbVendor* find_usb_vendor(std::uint16_t vendor_id) noexcept {
    const auto found =
        std::find_if(usb_vendors.begin(), usb_vendors.end(), [&](const UsbVendor& row) { return row.id == vendor_id; });
    return found == usb_vendors.end() ? nullptr : &*found;
}

const UsbProduct* find_usb_product(std::uint16_t vendor_id, std::uint16_t product_id) noexcept {
    UsbProduct wanted;
    wanted.vendor_id = vendor_id;
    wanted.product_id = product_id;
    const auto found = std::lower_bound(usb_products.begin(), usb_products.end(), wanted, before);
    return found != usb_products.end() && !before(wanted, *found) ? &*found : nullptr;
}

}  // namespace scca::devices
