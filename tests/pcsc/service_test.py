#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From the real pcscd, in every state that it and its readers can be in, to the one root cause.

service_test.py BUILD: pcscd runs in namespaces of its own (sandbox.py), its readers are files.
"""
import os
import pathlib
import select
import signal
import subprocess
import sys
import unittest

import doctor
import sandbox

BUILD = ""
SHORT = 2


class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.box = sandbox.Sandbox(f"{BUILD}/tests/fakes/fake_ifd.so")
        self.addCleanup(self.box.__exit__)
        self.doctor = doctor.Doctor(BUILD, self.box.folder)

    def check(self, *options, **named):
        run = self.doctor.check(*options, environment=named.pop("environment", self.box.environment()), **named)
        self.assertEqual(run.status, 1 if run.report["root_causes"] else 0, run.report["verdict"])
        return run.report

    def ccid_key(self):
        return "--sysfs-root", doctor.usb_tree(self.box.folder / "usb", "096e", "0807", "0b")

    def start_with(self, name="FEITIAN ePass2003", **files):
        reader = self.box.reader("K1", name)
        for file, content in files.items():
            reader.set(file, content)
        self.box.start()
        self.box.await_readers(1)
        return reader

    def hold(self, reader, manner):
        """The number of a program that uses the reader; it is ended with the test."""
        holder = subprocess.Popen([sys.executable, sandbox.CLIENT, manner, self.box.listed(reader)], text=True,
                                  stdout=subprocess.PIPE, env=self.box.environment(),
                                  preexec_fn=sandbox.die_with_parent)
        self.addCleanup(holder.stdout.close)
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        said = select.select([holder.stdout], [], [], sandbox.PATIENCE)[0]
        self.assertTrue(said, "the other program did not get hold of the card")
        self.assertEqual(holder.stdout.readline(), "ready\n")
        return holder.pid

    def assert_causes(self, report, *causes):
        self.assertEqual(report["root_causes"], list(causes))

    def assert_said(self, report, rung, outcome, **evidence):
        said, told = doctor.finding(report, rung)
        self.assertEqual(said, [outcome])
        self.assertEqual({key: told.get(key) for key in evidence}, evidence)

    # --- the service

    def test_a_healthy_software_key_is_healthy_while_the_service_is_stopped(self):
        key = str(self.box.folder / "key")
        subprocess.run([f"{BUILD}/scca-softkey", "make", key], check=True, capture_output=True)
        report = self.check(environment=dict(self.box.environment(), SCCA_SOFTKEY_DIR=key))
        self.assert_causes(report)
        self.assert_said(report, "machine.pcsc", "noted", reason="socket-missing", socket=self.box.socket)

    def test_a_healthy_software_key_is_healthy_while_the_service_runs_and_lists_an_empty_reader(self):
        key = str(self.box.folder / "key")
        subprocess.run([f"{BUILD}/scca-softkey", "make", key], check=True, capture_output=True)
        self.start_with()
        report = self.check(environment=dict(self.box.environment(), SCCA_SOFTKEY_DIR=key))
        self.assert_causes(report)
        self.assert_said(report, "machine.pcsc", "passed")
        self.assert_said(report, "reader.card", "noted", reason="empty")

    def test_a_known_hid_key_without_module_and_a_stopped_service_is_a_missing_driver(self):
        tree = doctor.usb_tree(self.box.folder / "usb", "055c", "e618", "03")
        report = self.check("--sysfs-root", tree)
        self.assert_causes(report, "key-driver-missing")
        self.assert_said(report, "machine.pcsc", "noted")

    def test_a_known_ccid_key_and_a_stopped_service_is_a_stopped_service(self):
        report = self.check(*self.ccid_key())
        self.assert_causes(report, "service-not-running")
        self.assert_said(report, "machine.pcsc", "failed service-not-running", reason="socket-missing")

    def test_a_service_that_was_killed_leaves_a_stale_socket(self):
        self.start_with()
        self.box.stop(signal.SIGKILL)
        report = self.check(*self.ccid_key())
        self.assert_causes(report, "service-not-running")
        self.assert_said(report, "machine.pcsc", "failed service-not-running", reason="socket-stale")

    def test_a_socket_that_is_closed_to_this_user(self):
        self.start_with()
        os.chmod(self.box.socket, 0)
        report = self.check(*self.ccid_key(), as_nobody=True)
        self.assert_causes(report, "service-not-running")
        self.assert_said(report, "machine.pcsc", "failed service-not-running", reason="socket-forbidden", mode="0000")

    def test_a_service_that_was_stopped_with_sigstop_hangs(self):
        self.start_with(atr=sandbox.ATR)
        self.box.send(signal.SIGSTOP)
        report = self.check(timeout=SHORT)
        self.assert_causes(report, "service-hung")
        self.assert_said(report, "machine.pcsc", "failed service-hung", call="SCardEstablishContext",
                         deadline_ms=SHORT * 1000)

    def test_a_service_that_hangs_is_told_beside_a_healthy_key_which_is_shown_whole(self):
        """It is neither empty nor absent: whoever asks it hangs, so it stays a fault where another door led to a key."""
        key = str(self.box.folder / "key")
        subprocess.run([f"{BUILD}/scca-softkey", "make", key], check=True, capture_output=True)
        self.start_with(atr=sandbox.ATR)
        self.box.send(signal.SIGSTOP)
        report = self.check(environment=dict(self.box.environment(), SCCA_SOFTKEY_DIR=key), timeout=SHORT)
        self.assert_causes(report, "service-hung")
        for rung in ("token.found", "token.pin", "cert.pair"):
            self.assertEqual(doctor.finding(report, rung)[0], ["passed"], rung)
        self.assertEqual(doctor.finding(report, "cert.dates")[0], ["passed"] * 2)

    def test_a_module_that_hangs_with_the_service_is_not_at_fault(self):
        module = find_opensc()
        if module is None:
            self.skipTest("opensc-pkcs11.so is not installed")
        self.start_with(atr=sandbox.ATR)
        self.box.send(signal.SIGSTOP)
        report = self.check(module=module, timeout=SHORT)
        self.assert_causes(report, "service-hung")

    def test_a_socket_that_accepts_and_never_answers(self):
        silent = sandbox.SilentSocket(self.box.socket)
        self.addCleanup(silent.close)
        report = self.check(timeout=SHORT)
        self.assert_causes(report, "service-hung")

    # --- readers and cards

    def test_a_service_without_readers(self):
        self.box.start()
        report = self.check(*self.ccid_key())
        self.assert_causes(report, "reader-not-found")
        self.assert_said(report, "reader.found", "failed reader-not-found")

    def test_a_reader_whose_driver_is_none_is_a_ghost(self):
        self.box.reader("K1", "Ghost", find_library("libz.so.1"))
        self.box.start()
        report = self.check(*self.ccid_key())
        self.assert_causes(report, "reader-not-found")
        self.assert_said(report, "reader.found", "failed reader-not-found", ghosts=["Ghost 00 00"])

    def test_an_empty_reader(self):
        self.start_with()
        report = self.check()
        self.assert_causes(report, "key-not-detected")
        self.assert_said(report, "reader.card", "failed key-not-detected", reason="empty")

    def test_a_mute_card(self):
        self.start_with(atr=sandbox.ATR, mute="")
        report = self.check()
        self.assert_causes(report, "key-unresponsive")
        self.assert_said(report, "reader.card", "failed key-unresponsive", reason="mute")

    def test_a_reader_that_died(self):
        reader = self.start_with(atr=sandbox.ATR)
        reader.set("dead")
        sandbox.wait_for("the dead reader", lambda: "reader-dead" in str(self.check()))
        report = self.check()
        self.assert_causes(report, "key-unresponsive")
        self.assert_said(report, "reader.card", "failed key-unresponsive", reason="reader-dead")

    def test_a_card_that_no_module_knows_lacks_a_driver(self):
        reader = self.start_with(atr=sandbox.ATR, vendor="FEITIAN")
        report = self.check()
        self.assert_causes(report, "key-driver-missing")
        self.assert_said(report, "reader.answers", "passed", atr=sandbox.ATR.lower(), reader_vendor="FEITIAN")
        self.assertEqual(reader.get("apdu.log"), "", "a command was sent to a card")
        [facts] = [one["facts"] for one in report["subjects"] if one["kind"] == "reader"]
        self.assertEqual(facts, {"name": f"{reader.name} 00 00", "atr": sandbox.ATR.lower(), "holder": None})

    def test_a_program_that_holds_the_card_is_named_with_its_number(self):
        number = self.hold(self.start_with(atr=sandbox.ATR), "exclusive")
        report = self.check()
        self.assert_causes(report, "key-held-by-another")
        name = pathlib.Path(f"/proc/{number}/comm").read_text().strip()
        self.assert_said(report, "reader.free", "failed key-held-by-another", holder=f"{name} (pid {number})", pid=number)
        [facts] = [one["facts"] for one in report["subjects"] if one["kind"] == "reader"]
        self.assertEqual(facts["holder"], f"{name} (pid {number})")

    def test_of_two_programs_that_may_hold_the_card_neither_is_blamed_alone(self):
        first = self.start_with(atr=sandbox.ATR)
        second = self.box.reader("K2", "Another")
        self.box.stop()
        second.set("atr", sandbox.ATR)
        self.box.start()
        self.box.await_readers(2)
        numbers = [self.hold(first, "exclusive"), self.hold(second, "shared")]
        said, told = doctor.finding(self.check(), "reader.free")
        self.assertIn("failed key-held-by-another", said)
        held = [one["evidence"] for subject in self.check()["subjects"] for one in subject["findings"]
                if one["faq"] == "key-held-by-another"]
        self.assertIsNone(held[0]["holder"])
        self.assertEqual(len(held[0]["holders_possible"]), 2)
        for number in numbers:
            self.assertTrue(any(f"(pid {number})" in one for one in held[0]["holders_possible"]))

    @unittest.skipUnless(os.geteuid() == 0, "one user cannot hide a program from itself")
    def test_where_the_holder_cannot_be_known_that_is_said(self):
        self.hold(self.start_with(atr=sandbox.ATR), "exclusive")
        report = self.check(as_nobody=True)
        self.assert_causes(report, "key-held-by-another")
        self.assert_said(report, "reader.free", "failed key-held-by-another", holder=None, reason="holder-unknown",
                         holders_hidden=1)
        self.assertNotIn("pcscd (pid", str(report))

    def test_a_card_that_several_programs_share_is_free(self):
        self.hold(self.start_with(atr=sandbox.ATR), "shared")
        self.assert_said(self.check(), "reader.free", "passed", in_use=True)

    def test_a_card_that_hangs_in_a_command_of_another_program_is_not_a_hanging_service(self):
        reader = self.start_with(atr=sandbox.ATR)
        reader.set("hang")
        self.addCleanup(reader.unset, "hang")
        number = self.hold(reader, "transmit")
        report = self.check(timeout=SHORT)
        # It may be the card that died: that shows when the other program has gone.
        self.assert_causes(report, "key-held-by-another")
        self.assert_said(report, "reader.free", "failed key-held-by-another", pid=number, deadline_ms=SHORT * 1000)

    def test_a_program_that_holds_a_transaction_is_named_and_neither_card_nor_module_is_blamed(self):
        number = self.hold(self.start_with(atr=sandbox.ATR), "transaction")
        report = self.check(timeout=SHORT, module=find_opensc())
        self.assert_causes(report, "key-held-by-another")
        name = pathlib.Path(f"/proc/{number}/comm").read_text().strip()
        self.assert_said(report, "reader.free", "failed key-held-by-another", holder=f"{name} (pid {number})",
                         pid=number, call="SCardConnect")
        self.assert_said(report, "reader.answers", "blocked")

    def test_a_check_without_a_key_tells_of_a_service_that_was_stopped_with_sigstop_and_blames_no_module(self):
        self.start_with(atr=sandbox.ATR)
        self.box.send(signal.SIGSTOP)
        report = self.check("--no-key", timeout=SHORT, module=find_opensc())
        self.assert_causes(report, "service-hung")
        self.assert_said(report, "machine.pcsc", "failed service-hung", call="SCardEstablishContext")

    def test_the_service_is_left_with_as_many_descriptors_as_before(self):
        self.start_with(atr=sandbox.ATR)
        folder = pathlib.Path(f"/proc/{self.box.process.pid}/fd")
        before = len(list(folder.iterdir()))
        for _ in range(3):
            self.check()
        sandbox.wait_for("closed connections", lambda: len(list(folder.iterdir())) <= before)


def find_library(name):
    listed = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True,
                            env=dict(os.environ, PATH=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")).stdout
    return next(line.split("=> ")[1] for line in listed.splitlines() if line.strip().startswith(name + " "))


def find_opensc():
    for path in pathlib.Path("/usr").glob("lib*/**/opensc-pkcs11.so"):
        return str(path)
    return None


def main():
    global BUILD
    BUILD = os.path.abspath(sys.argv[1])
    why = sandbox.why_impossible()
    if why:
        print(f"SKIPPED: {why}")
        return sandbox.SKIPPED
    doctor.adopt_orphans()
    return 0 if unittest.main(argv=[sys.argv[0], *sys.argv[2:]], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
