// SPDX-License-Identifier: Apache-2.0
//
// The tables of devices, asked the way the other rooms ask them.
#include "scca/devices/atr.hpp"
#include "scca/devices/middleware.hpp"
#include "scca/devices/module.hpp"
#include "scca/devices/usb.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace scca;
using namespace scca::devices;

namespace {

Vendor vendor_of_atr(std::string_view hex) { return find_atr_vendor(*parse_hex(hex)); }

}  // namespace

TEST_CASE("055c is Longmai, whatever lsusb prints") {
    REQUIRE(find_usb_vendor(0x055c) != nullptr);
    CHECK(find_usb_vendor(0x055c)->vendor == Vendor::longmai);
    const UsbProduct* storage_key = find_usb_product(0x055c, 0xdb08);
    REQUIRE(storage_key != nullptr);
    CHECK(storage_key->seen_as.storage);
    CHECK_FALSE(storage_key->seen_as.hid);
    CHECK(std::string(name_of(storage_key->vendor)) == "Longmai 龙脉");
}

TEST_CASE("FIDO tokens, readers and licence dongles are no certificate keys") {
    CHECK(find_usb_vendor(0x311f)->kind == UsbKind::fido);
    CHECK(find_usb_product(0x1ea8, 0xf025)->kind == UsbKind::fido);
    CHECK(find_usb_product(0x1ea8, 0xfc25)->kind == UsbKind::fido);
    for (const int id : {0x0853, 0x0855, 0x0856, 0x0859, 0x0867, 0x086c}) {
        CHECK(find_usb_product(0x096e, static_cast<std::uint16_t>(id))->kind == UsbKind::fido);
    }
    CHECK(find_usb_product(0x096e, 0x0503)->kind == UsbKind::reader);
    CHECK(find_usb_product(0x1d99, 0x0016)->kind == UsbKind::reader);
    CHECK(find_usb_vendor(0x1bc0)->kind == UsbKind::other);
    CHECK(find_usb_product(0x096e, 0x0006)->kind == UsbKind::other);
    CHECK(find_usb_product(0x096e, 0x0807)->kind == UsbKind::certificate_key);
}

TEST_CASE("a borrowed id proves little and makes nobody a vendor of keys") {
    for (const auto& [vendor, product] : {std::pair{0x04b4, 0x1234}, {0xabcd, 0x1000}, {0x05e3, 0x0736}}) {
        const auto* row = find_usb_product(static_cast<std::uint16_t>(vendor), static_cast<std::uint16_t>(product));
        REQUIRE(row != nullptr);
        CHECK(row->borrowed);
        CHECK(find_usb_vendor(static_cast<std::uint16_t>(vendor)) == nullptr);
    }
    CHECK_FALSE(find_usb_product(0x5448, 0x0003)->borrowed);
}

TEST_CASE("ids that nobody has seen on a key are not in the table") {
    CHECK(find_usb_product(0x055c, 0x0000) == nullptr);
    CHECK(find_usb_product(0x046d, 0xc31c) == nullptr);
    CHECK(find_usb_vendor(0x046d) == nullptr);
    CHECK(find_usb_product(0x0000, 0x0000) == nullptr);
    CHECK(find_usb_product(0xffff, 0xffff) == nullptr);
}

TEST_CASE("an ATR tells its vendor through the pattern's free half-octets") {
    CHECK(vendor_of_atr("3b9f958131fe9f006646530510043171df000000000026") == Vendor::feitian);
    CHECK(vendor_of_atr("3b6a0000094431314352020025c3") == Vendor::feitian);
    CHECK(vendor_of_atr("3b9f118131fe9f006a6d546f6b656e2d4500008190007a") == Vendor::longmai);
    CHECK(vendor_of_atr("3b6e00005744361369869302321256282532") == Vendor::watchdata);
    CHECK(vendor_of_atr("3b058073f701c0") == Vendor::mingwah);
}

TEST_CASE("a rebranded card is told from the family that it was made from") {
    CHECK(vendor_of_atr("3b9f958131fe9f006646530510113171df0000860000b5") == Vendor::hypersecu);
    CHECK(vendor_of_atr("3b9f958131fe9f006646530510113171df000046000075") == Vendor::feitian);
}

TEST_CASE("an ATR that is cut, longer or of another card belongs to nobody") {
    CHECK(vendor_of_atr("3b058073f701") == Vendor::unknown);
    CHECK(vendor_of_atr("3b058073f701c000") == Vendor::unknown);
    CHECK(vendor_of_atr("3b058073f701c1") == Vendor::unknown);
    CHECK(vendor_of_atr("3bff1100008131fe43") == Vendor::unknown);
    CHECK(find_atr_vendor({}) == Vendor::unknown);
    CHECK_FALSE(fits_atr_pattern(*parse_hex("3b6a000010"), "3B6A00000."));
    CHECK(fits_atr_pattern(*parse_hex("3b6a00000f"), "3B6A00000."));
}

TEST_CASE("a module is known by its name whatever version stands behind .so") {
    for (const auto* name : {"libes_3000gm.so", "libes_3000gm.so.1.0.0"}) {
        REQUIRE(find_module_name(name) != nullptr);
        CHECK(find_module_name(name)->vendor == Vendor::feitian);
    }
    CHECK(find_module_name("libgm3000.1.0.so")->vendor == Vendor::longmai);
    CHECK(find_module_name("p11-kit-trust.so")->role == ModuleRole::no_key);
    CHECK(find_module_name("libnssckbi.so")->role == ModuleRole::no_key);
    CHECK(find_module_name("opensc-pkcs11.so")->role == ModuleRole::card_driver);
    CHECK(find_module_name("libc.so.6") == nullptr);
    CHECK(find_module_name("") == nullptr);
}

TEST_CASE("every place where a module may be found ends in a name that is known") {
    for (const std::string_view path : known_module_paths()) {
        INFO(path);
        CHECK(path.starts_with('/'));
        CHECK(find_module_name(path.substr(path.rfind('/') + 1)) != nullptr);
    }
}

TEST_CASE("two programs whose makers warn of each other conflict, in whichever order they are found") {
    const Middleware epoint = find_middleware("四川省CA互联互通驱动3.0");
    const Middleware guoxin = find_middleware("国信CA助手");
    CHECK(epoint == Middleware::epoint_driver);
    CHECK(guoxin == Middleware::guoxin_helper);
    CHECK(known_to_conflict(epoint, guoxin));
    CHECK(known_to_conflict(guoxin, epoint));
    CHECK_FALSE(known_to_conflict(epoint, epoint));
    CHECK(find_middleware("GM3000 用户工具") == Middleware::unknown);
    CHECK_FALSE(name_of(guoxin).empty());
}
