#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A key with a smart card chip that is plugged in and pulled out, as the real pcscd sees it.

hotplug_test.py BUILD: umockdev gives pcscd a sysfs and udev's events of the test's own, and the doctor is shown the same
folder; the reader's driver is fake_ifd.so, its card a PIV card, and OpenSC's module reads it.
"""
import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import threading
import unittest

import cards_test
import doctor
import piv_card
import sandbox

BUILD = ""
VENDOR, PRODUCT, NAME = "096e", "0807", "FEITIAN ePass2003"
MARK = "SCCA_UNDER_UMOCKDEV"
DEVICE = "/devices/usb1/1-2"
DESCRIPTION = f"""P: /devices/usb1
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
A: idVendor=1d6b
A: bDeviceClass=09

P: {DEVICE}
N: bus/usb/001/004
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
E: DEVNAME=/dev/bus/usb/001/004
A: idVendor={VENDOR}
A: idProduct={PRODUCT}
A: bDeviceClass=00
A: busnum=1
A: devnum=4
A: manufacturer=FEITIAN
A: product=ePass2003

P: {DEVICE}/1-2:1.0
E: SUBSYSTEM=usb
E: DEVTYPE=usb_interface
A: bInterfaceClass=0b
A: bInterfaceNumber=00
"""


class Testbed:
    """libumockdev's, by its C interface."""

    def __init__(self):
        self.library = ctypes.CDLL("libumockdev.so.0")
        self.library.umockdev_testbed_new.restype = ctypes.c_void_p
        self.bed = ctypes.c_void_p(self.library.umockdev_testbed_new())

    def folder(self):
        """It sets a variable behind Python's back."""
        libc = ctypes.CDLL(None)
        libc.getenv.restype = ctypes.c_char_p
        return libc.getenv(b"UMOCKDEV_DIR").decode()

    def plug_in(self):
        self.library.umockdev_testbed_add_from_string(self.bed, DESCRIPTION.encode(), None)

    def pull_out(self):
        for path in (f"/sys{DEVICE}/1-2:1.0", f"/sys{DEVICE}"):
            self.library.umockdev_testbed_uevent(self.bed, path.encode(), b"remove")
            self.library.umockdev_testbed_remove_device(self.bed, path.encode())


class HotplugTest(unittest.TestCase):
    def setUp(self):
        self.bed = Testbed()
        os.environ["UMOCKDEV_DIR"] = self.bed.folder()
        self.box = sandbox.Sandbox(f"{BUILD}/tests/fakes/fake_ifd.so")
        self.addCleanup(self.box.__exit__)
        self.doctor = doctor.Doctor(BUILD, self.box.folder)
        card = self.box.usb_driver(VENDOR, PRODUCT, NAME)
        make = piv_card.make_certificate
        piv_card.insert(card, [make(self.box.folder, "四川某公司", "digitalSignature", "rsa:2048"),
                               make(self.box.folder, "加密证书", "keyEncipherment,keyAgreement", "ec", "-pkeyopt",
                                    "ec_paramgen_curve:P-256")])
        self.box.start()

    def check(self, *options, **named):
        options = ("--sysfs-root", self.bed.folder(), *options)
        return self.doctor.check(*options, environment=self.box.environment(), module=cards_test.OPENSC, **named).report

    def test_a_key_that_is_plugged_in_is_watched_from_usb_to_its_certificate(self):
        self.assertEqual(self.box.readers(), [])
        timer = threading.Timer(1.0, self.bed.plug_in)
        timer.start()
        self.addCleanup(timer.join)
        rungs = ("machine.usb", "machine.pcsc", "machine.driver", "reader.found", "reader.card", "token.found")
        # It ends when these hold.
        report = self.check("--watch", *(word for rung in rungs for word in ("--only", rung)), timeout=25)
        facts = next(one["facts"] for one in report["subjects"] if one["kind"] == "machine")
        order = [facts[name] for name in ("inserted_ms", "recognised_ms", "read_ms", "certificate_ms")]
        self.assertNotIn(None, order)
        self.assertEqual(order, sorted(order))
        self.assertGreater(order[0], 900)
        for rung in rungs:
            self.assertEqual(doctor.finding(report, rung)[0], ["passed"], rung)
        [reader] = [one["facts"] for one in report["subjects"] if one["kind"] == "reader"]
        self.assertIn(NAME, reader["name"])

    def test_a_key_that_is_pulled_out_is_gone_from_usb_the_service_and_the_module(self):
        self.bed.plug_in()
        self.box.await_readers(1)
        self.assertEqual(doctor.finding(self.check(), "token.found")[0], ["passed"])
        self.bed.pull_out()
        sandbox.wait_for("the reader to go", lambda: not self.box.readers())
        report = self.check()
        self.assertEqual(report["root_causes"], ["key-not-detected"])
        self.assertEqual(doctor.finding(report, "machine.usb")[0], ["failed key-not-detected"])
        self.assertEqual(doctor.finding(report, "reader.found")[0], ["noted"])

    def test_a_key_on_usb_that_the_service_has_no_driver_for_is_a_missing_reader(self):
        self.box.stop()
        shutil.rmtree(self.box.folder / "drivers" / "fake.bundle")
        self.box.start()
        self.bed.plug_in()
        report = self.check()
        self.assertEqual(report["root_causes"], ["reader-not-found"])
        self.assertEqual(doctor.finding(report, "reader.found")[0], ["failed reader-not-found"])


def why_impossible():
    if cards_test.OPENSC is None:
        return "opensc-pkcs11.so is not installed"
    if shutil.which("umockdev-wrapper") is None or not ctypes.util.find_library("umockdev"):
        return "umockdev is not installed"
    return sandbox.why_impossible()


def main():
    global BUILD
    BUILD, cards_test.OPENSC = os.path.abspath(sys.argv[1]), cards_test.find_opensc()
    why = why_impossible()
    if why:
        print(f"SKIPPED: {why}")
        return sandbox.SKIPPED
    if MARK not in os.environ:
        # A process for each: a testbed is not taken down as long as anybody lives who was in it.
        names = [f"HotplugTest.{name}" for name in unittest.TestLoader().getTestCaseNames(HotplugTest)]
        again = ["umockdev-wrapper", sys.executable, "-B", sys.argv[0], BUILD]
        environment = dict(os.environ, **{MARK: "1"})
        return max(subprocess.run([*again, name], env=environment, check=False).returncode for name in names)
    doctor.adopt_orphans()
    return 0 if unittest.main(argv=[sys.argv[0], *sys.argv[2:]], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
