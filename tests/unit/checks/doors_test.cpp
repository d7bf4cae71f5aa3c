// SPDX-License-Identifier: Apache-2.0
//
// From a fake sysfs to the one root cause: which door to the key was expected, and which of its rungs is broken.
#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"
#include "scca/token/usb.hpp"

#include "../token/fake_tree.hpp"
#include "reading.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <filesystem>

using namespace scca;
using reading::evidence;
using reading::said;

namespace {

using Causes = std::vector<faq::Id>;

/// A machine without modules and with what is plugged into the tree.
token::Snapshot look(const fake::Tree& tree) {
    token::Snapshot snapshot;
    snapshot.usb = token::look_at_usb(token::places_of_sysfs(tree.root()));
    return snapshot;
}

report::Report judge(const token::Snapshot& snapshot, checks::Part part = checks::Part::key) {
    checks::Options options;
    options.part = part;
    options.at = *parse_moment("2026-11-22");
    return checks::judge(snapshot, options);
}

token::ModuleSeen& add_module(token::Snapshot& snapshot, std::string path) {
    token::ModuleSeen& module = snapshot.modules.emplace_back();
    module.path = std::move(path);
    module.exports_skf = true;
    return module;
}

void add_token(token::ModuleSeen& module) {
    token::TokenSeen& token = module.tokens.emplace_back();
    token.serial = "1";
    token.applications.emplace_back().containers.emplace_back().public_keys.push_back(
        {token::KeyRole::sign, token::KeyAlgorithm::sm2, Bytes(64, 1)});
}

}  // namespace

TEST_CASE("a key known on USB without a module: the driver is missing, and that alone") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03", "usbhid");
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
    CHECK(said(report, Rung::machine_usb) == "passed");
    CHECK(said(report, Rung::machine_usb_access) == "passed");
    CHECK(said(report, Rung::machine_driver) == "failed key-driver-missing");
    CHECK(evidence(report, Rung::machine_driver, "device") == "055c:e618 Longmai 龙脉 mToken GM3000");
}

TEST_CASE("a product that is not listed, of a vendor who is, is a key for its vendor's module") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "5448", "0999");
    key.attribute("product", "HaiKey 9");
    key.interface("ff");
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
    CHECK(evidence(report, Rung::machine_driver, "device") == "5448:0999 Haitai 海泰方圆 HaiKey 9");
}

TEST_CASE("modules that are there and know no key of this maker are no driver for it") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    token::Snapshot snapshot = look(tree);
    add_module(snapshot, "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so");
    add_module(snapshot, "/usr/lib/libcastle.so.1.0.0");
    add_module(snapshot, "/usr/lib/libgm3000.1.0.so");
    const auto report = judge(snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
    CHECK(evidence(report, Rung::machine_driver, "modules") == "/usr/lib/libgm3000.1.0.so");
}

TEST_CASE("a driver that was found and not loaded is named with the option that loads it") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    token::Snapshot snapshot = look(tree);
    token::ModuleFound found;
    found.path = "/home/somebody/libgm3000.1.0.so";
    found.bar = token::ModuleBar::others_write;
    snapshot.modules_found.push_back(found);
    found.path = "/home/somebody/libcastle.so";
    snapshot.modules_found.push_back(found);
    const auto report = judge(snapshot);
    CHECK(evidence(report, Rung::machine_driver, "option") == "--module /home/somebody/libgm3000.1.0.so");
    CHECK(evidence(report, Rung::machine_driver, "modules_not_loaded") == "/home/somebody/libgm3000.1.0.so");
}

TEST_CASE("a node that this user may not write is the lowest broken rung, with a rule to copy") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03", "usbhid");
    key.node_mode(0444);
    const fake::AsNobody nobody;
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_no_permission});
    CHECK(said(report, Rung::machine_usb_access) == "failed key-no-permission");
    CHECK(said(report, Rung::machine_driver) == "noted");
    CHECK(evidence(report, Rung::machine_usb_access, "node") == (tree.root() / "dev/bus/usb/001/004").string());
    CHECK(evidence(report, Rung::machine_usb_access, "mode") == "0444");
    CHECK_FALSE(evidence(report, Rung::machine_usb_access, "group").empty());
    CHECK(evidence(report, Rung::machine_usb_access, "reason") == "no-permission");
    const std::string rule = evidence(report, Rung::machine_usb_access, "udev_rule");
    CHECK(rule == "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"055c\", TAG+=\"uaccess\"");
    CHECK(evidence(report, Rung::machine_usb_access, "udev_rule_file").starts_with("/etc/udev/rules.d/"));
}

TEST_CASE("a rule that is there and not in force yet is told from one that is missing") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    key.node_mode(0444);
    const auto rule = tree.file("etc/udev/rules.d/90-mtoken.rules", "ATTRS{idVendor}==\"055c\", MODE=\"0660\"\n");
    const fake::AsNobody nobody;
    const auto report = judge(look(tree));
    CHECK(said(report, Rung::machine_usb_access) == "failed key-no-permission");
    CHECK(evidence(report, Rung::machine_usb_access, "reason") == "rule-not-applied");
    CHECK(evidence(report, Rung::machine_usb_access, "udev_rule_file") == rule.string());
    CHECK(evidence(report, Rung::machine_usb_access, "udev_rule").empty());
}

TEST_CASE("a storage key is asked for its sg node, not for its usbfs node") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "db08");
    key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "sg3");
    key.node_mode(0444);
    SECTION("the sg node is open: only the driver is missing") {
        chmod((tree.root() / "dev/sg3").c_str(), 0666);
        const fake::AsNobody nobody;
        CHECK(report::root_causes(judge(look(tree))) == Causes{faq::id::key_driver_missing});
    }
    SECTION("the sg node is closed") {
        chmod((tree.root() / "dev/sg3").c_str(), 0444);
        const fake::AsNobody nobody;
        const auto report = judge(look(tree));
        CHECK(report::root_causes(report) == Causes{faq::id::key_no_permission});
        CHECK(evidence(report, Rung::machine_usb_access, "node") == (tree.root() / "dev/sg3").string());
        CHECK(evidence(report, Rung::machine_usb_access, "udev_rule") ==
              "SUBSYSTEM==\"scsi_generic\", ATTRS{idVendor}==\"055c\", TAG+=\"uaccess\"");
    }
}

TEST_CASE("a key that the kernel shows and that has no node here, as in a container, is out of reach") {
    const fake::Tree tree;
    SECTION("usbfs") {
        fake::UsbDevice key(tree, "1-2", "055c", "e618");
        key.interface("03", "usbhid");
        std::filesystem::remove(tree.root() / "dev/bus/usb/001/004");
        const auto report = judge(look(tree));
        CHECK(report::root_causes(report) == Causes{faq::id::key_no_permission});
        CHECK(evidence(report, Rung::machine_usb_access, "reason") == "node-missing");
        CHECK(evidence(report, Rung::machine_usb_access, "node") == (tree.root() / "dev/bus/usb/001/004").string());
        CHECK(evidence(report, Rung::machine_usb_access, "udev_rule").empty());
    }
    SECTION("sg") {
        fake::UsbDevice key(tree, "1-2", "055c", "db08");
        key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "sg3");
        std::filesystem::remove(tree.root() / "dev/sg3");
        const auto report = judge(look(tree));
        CHECK(report::root_causes(report) == Causes{faq::id::key_no_permission});
        CHECK(evidence(report, Rung::machine_usb_access, "node") == (tree.root() / "dev/sg3").string());
    }
    SECTION("a tree without nodes tells nothing of them") {
        fake::UsbDevice key(tree, "1-2", "055c", "e618");
        key.interface("03", "usbhid");
        std::filesystem::remove_all(tree.root() / "dev");
        CHECK(report::root_causes(judge(look(tree))) == Causes{faq::id::key_driver_missing});
    }
}

TEST_CASE("a storage key on a kernel without the sg driver is no use to its module") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "db08");
    key.scsi_unit(key.interface("08", "usb-storage"), "Longmai ", "");
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_no_permission});
    CHECK(evidence(report, Rung::machine_usb_access, "reason") == "sg-missing");
    CHECK(evidence(report, Rung::machine_usb_access, "run") == "modprobe sg");
}

TEST_CASE("a storage key that the kernel has no driver for is a missing driver") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "14d6", "3032");
    key.interface("08");
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
    CHECK(evidence(report, Rung::machine_driver, "reason") == "storage-driver-missing");
}

TEST_CASE("nothing on USB that looks like a key: none was detected") {
    const fake::Tree tree;
    tree.folder("sys/bus/usb/devices");
    SECTION("nothing at all") {}
    SECTION("a keyboard and a disk") {
        fake::UsbDevice keyboard(tree, "1-1", "046d", "c31c", 2);
        keyboard.interface("03", "usbhid");
        fake::UsbDevice disk(tree, "1-3", "0781", "5567", 3);
        disk.interface("08", "usb-storage");
    }
    SECTION("FIDO tokens, though they have a CCID interface or a key's vendor") {
        fake::UsbDevice ccid(tree, "1-1", "096e", "0853", 2);
        ccid.interface("0b");
        fake::UsbDevice trustkey(tree, "1-2", "311f", "4a1a", 3);
        trustkey.interface("03");
        fake::UsbDevice unlisted(tree, "1-3", "1ea8", "fc99", 5);
        tree.file(unlisted.interface("03") / "0003:1EA8:FC99.0001" / "report_descriptor", "\x06\xd0\xf1\x09\x01");
    }
    SECTION("a licence dongle") {
        fake::UsbDevice dongle(tree, "1-1", "1bc0", "55a5", 2);
        dongle.interface("03");
    }
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_not_detected});
    CHECK(said(report, Rung::machine_usb) == "failed key-not-detected");
    CHECK(said(report, Rung::machine_driver) == "blocked");
    CHECK(evidence(report, Rung::machine_usb, "reason").empty());
}

TEST_CASE("a borrowed id is mentioned, and proves no key") {
    const fake::Tree tree;
    fake::UsbDevice card_reader(tree, "1-1", "05e3", "0736", 2);
    card_reader.interface("08", "usb-storage");
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report) == Causes{faq::id::key_not_detected});
    CHECK(evidence(report, Rung::machine_usb, "doubtful").starts_with("05e3:0736"));
}

TEST_CASE("no /sys/bus/usb at all is said to be that, and is no fault once a token was reached") {
    const fake::Tree tree;
    token::Snapshot snapshot = look(tree);
    const auto alone = judge(snapshot);
    CHECK(report::root_causes(alone) == Causes{faq::id::key_not_detected});
    CHECK(evidence(alone, Rung::machine_usb, "reason") == "usb-not-visible");
    add_token(add_module(snapshot, "/usr/lib/libsofthsm2.so"));
    const auto reached = judge(snapshot);
    CHECK(said(reached, Rung::machine_usb) == "noted");
    CHECK(evidence(reached, Rung::machine_usb, "reason") == "usb-not-visible");
}

TEST_CASE("once a token was reached no closed node and no missing driver is a fault") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    key.node_mode(0444);
    const fake::AsNobody nobody;
    token::Snapshot snapshot = look(tree);
    add_token(add_module(snapshot, "/usr/lib/libgm3000.1.0.so"));
    const auto report = judge(snapshot);
    CHECK(said(report, Rung::machine_usb) == "passed");
    CHECK(said(report, Rung::machine_usb_access) == "noted");
    CHECK(said(report, Rung::machine_driver) == "passed");
}

TEST_CASE("a module that crashed may have been the door: its own fault alone is told") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03");
    token::Snapshot snapshot = look(tree);
    const Fault crash{FaultKind::crashed, "SKF_EnumDev", {}, 11, "SIGSEGV"};
    SECTION("the vendor's own") {
        add_module(snapshot, "/usr/lib/libgm3000.1.0.so").answer_fault = crash;
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::driver_crashed});
        CHECK(said(report, Rung::machine_driver) == "noted");
    }
    SECTION("one that nobody knows") {
        add_module(snapshot, "/opt/lib/libkey.so").answer_fault = crash;
        CHECK(report::root_causes(judge(snapshot)) == Causes{faq::id::driver_crashed});
    }
    SECTION("another maker's: then both are broken") {
        add_module(snapshot, "/usr/lib/libcastle.so").answer_fault = crash;
        const auto causes = report::root_causes(judge(snapshot));
        CHECK(causes.size() == 2);
        CHECK(std::count(causes.begin(), causes.end(), faq::id::key_driver_missing) == 1);
    }
}

TEST_CASE("a key with a CCID interface is expected through the smart card service, not through a node") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "096e", "0807");
    key.interface("0b");
    key.node_mode(0444);
    const fake::AsNobody nobody;
    const auto report = judge(look(tree));
    CHECK(report::root_causes(report).empty());
    CHECK(said(report, Rung::machine_usb) == "passed");
    CHECK(said(report, Rung::machine_usb_access).empty());
    CHECK(report::verdict(report, report::FailOn::warn) != report::Verdict::healthy);
}

TEST_CASE("the device's own class counts, not the table's: a Haitai key exists as HID and as CCID") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "5448", "0001");
    SECTION("HID") {
        key.interface("03");
        CHECK(report::root_causes(judge(look(tree))) == Causes{faq::id::key_driver_missing});
    }
    SECTION("CCID") {
        key.interface("0b");
        CHECK(report::root_causes(judge(look(tree))).empty());
    }
}

TEST_CASE("a check without a key asks nobody to plug one in") {
    const fake::Tree tree;
    tree.folder("sys/bus/usb/devices");
    const auto report = judge(look(tree), checks::Part::no_key);
    CHECK(report::root_causes(report).empty());
    CHECK(said(report, Rung::machine_usb).empty());
}

TEST_CASE("a module that refuses to list the key that USB shows: the key does not answer, and no driver is missing") {
    const fake::Tree tree;
    fake::UsbDevice key(tree, "1-2", "055c", "e618");
    key.interface("03", "usbhid");
    token::Snapshot snapshot = look(tree);
    add_module(snapshot, "/opt/lib/libunknown.so")
        .refusals.push_back({FaultKind::code, "SKF_EnumDev", "SAR", 0x0A000001, ""});
    auto report = judge(snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::key_unresponsive});
    CHECK(said(report, Rung::module_answers) == "failed key-unresponsive");
    CHECK(said(report, Rung::machine_driver) == "noted");
    CHECK(evidence(report, Rung::module_answers, "code") == "0x0A000001");
    snapshot.modules[0].refusals[0].number = 0x0A000023;  // SAR_DEVICE_REMOVED
    CHECK(report::root_causes(judge(snapshot)) == Causes{faq::id::key_removed});
    // Without a key on USB it may refuse as it likes.
    snapshot.usb->devices.clear();
    report = judge(snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::key_not_detected});
    CHECK(said(report, Rung::module_answers) == "noted");
}

TEST_CASE("a key that was listed and cannot be opened does not answer, and is not called empty") {
    token::Snapshot snapshot;
    token::TokenSeen& token = add_module(snapshot, "/opt/lib/libunknown.so").tokens.emplace_back();
    token.device = "KEY-1";
    token.faults.push_back({FaultKind::code, "SKF_ConnectDev", "SAR", 0x0A000001, ""});
    CHECK(report::root_causes(judge(snapshot)) == Causes{faq::id::key_unresponsive});
    token.faults.clear();
    CHECK(report::root_causes(judge(snapshot)) == Causes{faq::id::key_blank});
}
