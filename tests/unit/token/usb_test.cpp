// SPDX-License-Identifier: Apache-2.0
#include "scca/token/usb.hpp"
#include "scca/core/text.hpp"

#include "fake_tree.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace scca;
using namespace scca::token;

namespace {

UsbDeviceSeen only_device(const fake::Tree& tree) {
    const UsbSeen seen = look_at_usb(places_of_sysfs(tree.root()));
    REQUIRE(seen.is_visible);
    REQUIRE(seen.devices.size() == 1);
    return seen.devices.front();
}

}  // namespace

TEST_CASE("a machine without /sys/bus/usb is told from one with nothing plugged in") {
    const fake::Tree bare, empty;
    CHECK_FALSE(look_at_usb(places_of_sysfs(bare.root())).is_visible);
    empty.folder("sys/bus/usb/devices");
    const UsbSeen seen = look_at_usb(places_of_sysfs(empty.root()));
    CHECK(seen.is_visible);
    CHECK(seen.devices.empty());
}

TEST_CASE("a key is seen with its ids, its own words, its interfaces and its node") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2.3", "055c", "e618", 7);
    key.attribute("manufacturer", "Longmai");
    key.attribute("product", "SJK USB-KEY 签章");
    key.interface("03", "usbhid");
    key.interface("ff");
    const UsbDeviceSeen seen = only_device(tree);
    CHECK(seen.address == "1-2.3");
    CHECK(seen.vendor_id == 0x055c);
    CHECK(seen.product_id == 0xe618);
    CHECK(seen.manufacturer == "Longmai");
    CHECK(seen.product == "SJK USB-KEY 签章");
    REQUIRE(seen.interfaces.size() == 2);
    CHECK(seen.interfaces[0] == UsbInterfaceSeen{0x03, "usbhid", false});
    CHECK(seen.interfaces[1] == UsbInterfaceSeen{0xff, "", false});
    REQUIRE(seen.node);
    CHECK(seen.node->path == (tree.root() / "dev/bus/usb/001/007").string());
    CHECK(seen.node->refusal == 0);
}

TEST_CASE("root hubs and hubs are no devices that anybody plugged in") {
    const fake::Tree tree;
    const fake::UsbDevice root_hub(tree, "usb1", "1d6b", "0002", 1);
    const fake::UsbDevice hub(tree, "1-1", "05e3", "0610", 2);
    hub.attribute("bDeviceClass", "09");
    CHECK(look_at_usb(places_of_sysfs(tree.root())).devices.empty());
}

TEST_CASE("a node that this user may not write is refused, with its mode and group") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    key.node_mode(0444);
    const fake::AsNobody nobody;
    const auto node = only_device(tree).node;
    REQUIRE(node);
    CHECK(node->refusal == EACCES);
    CHECK(node->mode == 0444U);
    CHECK_FALSE(node->group.empty());
    CHECK_FALSE(node->owner.empty());
}

TEST_CASE("a storage key is reached through the sg nodes of its units") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "db08");
    key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "sg3");
    const UsbDeviceSeen seen = only_device(tree);
    CHECK(seen.scsi_units == 1);
    CHECK(seen.scsi_vendor == "Longmai ");
    REQUIRE(seen.scsi_nodes.size() == 1);
    CHECK(seen.scsi_nodes[0].path == (tree.root() / "dev/sg3").string());
    CHECK(seen.scsi_nodes[0].refusal == 0);
}

TEST_CASE("without the sg driver a storage key has units and no node") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "db08");
    key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "");
    const UsbDeviceSeen seen = only_device(tree);
    CHECK(seen.scsi_units == 1);
    CHECK(seen.scsi_nodes.empty());
}

TEST_CASE("a FIDO token is known by the first item of its report descriptor") {
    const fake::Tree tree;
    fake::UsbDevice token(tree, "1-3", "096e", "0999");
    tree.file(token.interface("03", "usbhid") / "0003:096E:0999.0001" / "report_descriptor",
              std::string_view("\x06\xd0\xf1\x09\x01\xa1\x01", 7));
    CHECK(only_device(tree).interfaces.at(0).is_fido);
}

TEST_CASE("the vendor's udev rule is found, a comment and another vendor's are not") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    tree.file("etc/udev/rules.d/10-other.rules",
              "SUBSYSTEM==\"usb\", ATTRS{idVendor}==\"096e\", MODE=\"0666\"\n"
              "# ATTRS{idVendor}==\"055c\", TAG+=\"uaccess\"\n"
              "ATTRS{idVendor}==\"055c\", ENV{NAMED}=\"key\"\n");
    CHECK(only_device(tree).udev_rule.empty());
    const auto rule = tree.file("etc/udev/rules.d/90-mtoken.rules",
                                "SUBSYSTEM==\"usb\", \\\n  ATTRS{idVendor}==\"055C\", MODE=\"0660\"\n");
    CHECK(only_device(tree).udev_rule == rule.string());
}

TEST_CASE("a udev rule that names a disk by its vendor with the blanks is found") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "db08");
    key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "sg0");
    const auto rule = tree.file("etc/udev/rules.d/90-mtoken.rules",
                                "KERNEL==\"s[grt][0-9]*\",ATTRS{vendor}==\"Longmai \",  MODE=\"0666\"\n");
    CHECK(only_device(tree).udev_rule == rule.string());
}

TEST_CASE("a sysfs without its dev leaves the nodes open: those of this machine are not asked") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    std::filesystem::remove_all(tree.root() / "dev");
    const UsbSeen seen = look_at_usb(places_of_sysfs(tree.root() / "sys"));
    REQUIRE(seen.devices.size() == 1);
    CHECK_FALSE(seen.nodes_looked_at);
    CHECK_FALSE(seen.devices[0].node);
}

TEST_CASE("this machine's own sysfs goes with its own nodes and rules") {
    for (const char* name : {"/sys", "/sys/", "/"}) {
        const UsbPlaces places = places_of_sysfs(name);
        INFO(name);
        CHECK(places.dev == "/dev");
        CHECK(places.udev_rules.size() > 1);
    }
}

TEST_CASE("a device that lies about itself is bounded, valid and alone") {
    const fake::Tree tree;
    fake::UsbDevice liar(tree, "1-2", "055c", "e618");
    liar.attribute("product", std::string(100'000, 'x') + "\xff\xfe");
    liar.attribute("manufacturer", "\xff\x1b[2J\xe9\xbe");
    liar.attribute("busnum", "99999999999999999999");
    liar.interface("zz");
    liar.interface("103");
    const fake::UsbDevice nameless(tree, "1-3", "", "e618", 5);
    const fake::UsbDevice wordy(tree, "1-4", "055c 055c", "e618", 6);
    tree.link("sys/bus/usb/devices/1-5", "1-5");  // a link to itself
    const UsbDeviceSeen seen = only_device(tree);
    CHECK(seen.product.size() <= 512);
    CHECK(is_valid_utf8(seen.manufacturer));
    CHECK(seen.interfaces.empty());
    CHECK_FALSE(seen.node);
}

TEST_CASE("more devices than a bus can hold are no reason to keep them all") {
    const fake::Tree tree;
    for (int i = 0; i < 260; ++i) {
        const std::string name = "sys/bus/usb/devices/1-" + std::to_string(i);
        tree.file(name + "/idVendor", "055c\n");
        tree.file(name + "/idProduct", "e618\n");
    }
    CHECK(look_at_usb(places_of_sysfs(tree.root())).devices.size() == 256);
}

// Run by umockdev-run, which shows this process a /sys and a /dev of its own; see tests/fixtures/usb/.
TEST_CASE("a key that umockdev plugs into this machine is seen in /sys itself", "[.umockdev]") {
    const UsbSeen seen = look_at_usb(places_of_sysfs("/sys"));
    CHECK(seen.is_visible);
    CHECK(seen.nodes_looked_at);
    REQUIRE(seen.devices.size() == 1);
    const UsbDeviceSeen& key = seen.devices.front();
    CHECK(key.address == "3-4");
    CHECK(key.vendor_id == 0x055c);
    CHECK(key.product_id == 0xf603);
    CHECK(key.product == "mToken 签章");
    REQUIRE(key.interfaces.size() == 1);
    CHECK(key.interfaces[0].interface_class == 0x03);
    REQUIRE(key.node);
    CHECK(key.node->path == "/dev/bus/usb/003/011");
    CHECK(key.node->refusal == 0);
}
