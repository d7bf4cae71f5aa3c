#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A PIV card behind the real pcscd, read through OpenSC's own PKCS#11 module: what is on it is told, its PIN is as it
was, and the card's log shows that nobody tried one.

cards_test.py BUILD: the card is a table of answers (piv_card.py) in the fake reader.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import doctor
import piv_card
import sandbox

BUILD = ""
OPENSC = ""

# Instructions of ISO/IEC 7816-4, -8 and -9 that try, set or reset a PIN, or write.
FORBIDDEN = {"24": "CHANGE REFERENCE DATA", "2C": "RESET RETRY COUNTER", "26": "DISABLE", "28": "ENABLE",
             "D0": "WRITE BINARY", "D2": "WRITE RECORD", "D6": "UPDATE BINARY", "D7": "UPDATE BINARY",
             "DC": "UPDATE RECORD", "DD": "UPDATE RECORD", "DA": "PUT DATA", "DB": "PUT DATA", "E0": "CREATE FILE",
             "E4": "DELETE FILE", "47": "GENERATE KEY PAIR", "46": "GENERATE KEY PAIR", "44": "ACTIVATE FILE",
             "04": "DEACTIVATE FILE", "FE": "TERMINATE CARD", "E6": "TERMINATE", "0E": "ERASE BINARY"}
HEADER = 8  # hexadecimal digits: class, instruction, two parameters
# "How many tries are left?" VERIFY without data is that question and no try: ISO/IEC 7816-4, 11.5.6 (the answer is 9000
# or 63CX), and SP 800-73-4 part 2, 3.2.1 (80 is the PIV card application's own PIN). OpenSC asks it within
# C_GetTokenInfo and nowhere else, and PKCS #11 knows no other call that says how the PIN is doing: who does not want
# the question does not get the answer.
ASKS_FOR_TRIES = "00200080"


def find_opensc():
    found = sorted(pathlib.Path("/usr").glob("lib*/**/opensc-pkcs11.so"))
    return str(found[0]) if found else None


def commands_of(reader):
    return reader.get("apdu.log").split()


def verifications(commands):
    return [command for command in commands if command[2:4] in ("20", "21")]


def tried_pins(commands):
    return [command for command in verifications(commands) if len(command) > HEADER]


def harm_in(commands):
    """Commands that try a PIN or write."""
    return [*(command for command in commands if command[2:4] in FORBIDDEN), *tried_pins(commands)]


class PivCardTest(unittest.TestCase):
    def setUp(self):
        self.box = sandbox.Sandbox(f"{BUILD}/tests/fakes/fake_ifd.so")
        self.addCleanup(self.box.__exit__)
        self.doctor = doctor.Doctor(BUILD, self.box.folder)
        self.card = self.box.reader("K1", "FEITIAN ePass2003")

    def insert(self, tries=piv_card.TRIES):
        make = piv_card.make_certificate
        piv_card.insert(self.card, [make(self.box.folder, "四川某公司", "digitalSignature", "rsa:2048"),
                                    make(self.box.folder, "加密证书", "keyEncipherment,keyAgreement", "ec", "-pkeyopt",
                                         "ec_paramgen_curve:P-256")])
        self.card.set("tries", str(tries))
        self.box.start()
        self.box.await_readers(1)

    def check(self, command="check"):
        run = self.doctor.check(environment=self.box.environment(), module=OPENSC, command=command)
        return run.report

    def test_certificates_are_listed_and_the_pin_is_as_it_was(self):
        self.insert()
        report = self.check()
        certificates = [one["facts"] for one in report["subjects"] if one["kind"] == "certificate"]
        self.assertEqual([one["subject"].split("CN=")[1].split(",")[0] for one in certificates],
                         ["四川某公司", "加密证书"])
        self.assertEqual([one["algorithm"] for one in certificates], ["RSA-2048", "EC-256"])
        [token] = [one["facts"] for one in report["subjects"] if one["kind"] == "token"]
        self.assertIsNot(token["pin_locked"], True)
        for rung in ("machine.pcsc", "machine.driver", "reader.card", "reader.free", "reader.answers", "token.found",
                     "token.pin"):
            self.assertEqual(doctor.finding(report, rung)[0], ["passed"], rung)
        commands = commands_of(self.card)
        self.assertTrue(any(command.startswith("00CB3FFF") for command in commands), "the card was not read at all")
        self.assertEqual(harm_in(commands), [])
        self.assertEqual(verifications(commands), [ASKS_FOR_TRIES])
        self.assertEqual(self.card.get("tries"), str(piv_card.TRIES))

    def test_the_pin_is_asked_after_only_once_the_application_has_answered(self):
        self.insert()
        self.check()
        commands = commands_of(self.card)
        asked = commands.index(ASKS_FOR_TRIES)
        read = next(at for at, command in enumerate(commands) if command.startswith("00CB3FFF"))
        self.assertGreater(asked, read)

    def test_the_log_would_show_a_pin_that_was_tried(self):
        self.insert()
        subprocess.run(["pkcs11-tool", "--module", OPENSC, "--login", "--pin", "654321", "-O"], capture_output=True,
                       env=self.box.environment(), timeout=30)
        self.assertNotEqual(tried_pins(commands_of(self.card)), [])
        self.assertEqual(self.card.get("tries"), str(piv_card.TRIES - 1))

    def test_one_try_left_is_a_warning(self):
        self.insert(tries=1)
        self.assertEqual(doctor.finding(self.check(), "token.pin")[0], ["warned pin-few-tries"])
        self.assertEqual(self.card.get("tries"), "1")

    def test_a_locked_pin_is_told_and_not_tried(self):
        self.insert(tries=0)
        report = self.check()
        self.assertIn("pin-locked", report["root_causes"])
        self.assertEqual(harm_in(commands_of(self.card)), [])

    def sign(self, pin):
        """What came of a signature test, and the PINs that the card got."""
        reader, writer = os.pipe()
        os.write(writer, pin.encode())
        os.close(writer)
        before = len(commands_of(self.card))
        run = self.doctor.check("--sign-test", "--pin-fd", str(reader), environment=self.box.environment(), module=OPENSC,
                                pass_fds=(reader,))
        os.close(reader)
        said, evidence = doctor.finding(run.report, "key.signs")
        return said, evidence, tried_pins(commands_of(self.card)[before:])

    def test_a_signature_test_sends_the_pin_once_and_never_when_one_try_is_left(self):
        self.insert()
        said, evidence, tried = self.sign("654321")
        self.assertEqual((said, evidence["symbol"]), (["failed pin-wrong"], "CKR_PIN_INCORRECT"))
        self.assertEqual((len(tried), self.card.get("tries")), (1, str(piv_card.TRIES - 1)))
        self.assertEqual(tried[0][2 * 5:], b"654321\xFF\xFF".hex().upper())
        # The card holds no private key: it lets the PIN pass and refuses to sign.
        said, evidence, tried = self.sign(piv_card.PIN)
        self.assertEqual((said, evidence["call"]), (["failed sign-operation-failed"], "C_Sign"))
        self.assertEqual((len(tried), self.card.get("tries")), (1, str(piv_card.TRIES - 1)))
        self.card.set("tries", "1")
        said, evidence, tried = self.sign("654321")
        self.assertEqual((said, evidence["reason"], tried), (["unknown"], "few-tries", []))
        self.assertEqual(self.card.get("tries"), "1")

    def test_a_card_that_opensc_does_not_know_lacks_a_driver(self):
        self.card.set("atr", sandbox.ATR)
        self.box.start()
        self.box.await_readers(1)
        report = self.check("check-key")
        self.assertEqual(report["root_causes"], ["key-driver-missing"])
        said, evidence = doctor.finding(report, "machine.driver")
        self.assertEqual((said, evidence["modules"]), (["failed key-driver-missing"], [OPENSC]))
        self.assertEqual(harm_in(commands_of(self.card)), [])


def main():
    global BUILD, OPENSC
    BUILD, OPENSC = os.path.abspath(sys.argv[1]), find_opensc()
    why = sandbox.why_impossible()
    if OPENSC is None or shutil.which("pkcs11-tool") is None:
        why = why or "opensc-pkcs11.so or pkcs11-tool is not installed"
    if why:
        print(f"SKIPPED: {why}")
        return sandbox.SKIPPED
    doctor.adopt_orphans()
    return 0 if unittest.main(argv=[sys.argv[0], *sys.argv[2:]], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
