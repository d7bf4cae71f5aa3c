#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""--sign-test through PKCS #11: a scripted module that signs with a key of the test's own, and SoftHSM2."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from doctor import Failure, expect, finding, holds, main

PIN = "135790"
RARE_PIN = "Zq7-PINwipe-43"
COUNT_LOW, FINAL_TRY, LOCKED = 0x10000, 0x20000, 0x40000
SHA256_RSA_PKCS = 0x40
# The calls of a signature test that a look does not make.
ON_THE_WAY = ("C_GetMechanismList", "C_Login", "C_SignInit", "C_Sign", "C_Logout")


def make_pair(folder, *kind):
    """A key in PEM and a certificate for it in DER."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", *(kind or ["rsa:2048"]), "-nodes", "-subj",
                    "/O=Fake Works/CN=sign", "-addext", "keyUsage=critical,digitalSignature", "-addext",
                    "basicConstraints=critical,CA:FALSE", "-keyout", folder / "key.pem", "-outform", "DER", "-out",
                    folder / "sign.der"], check=True, capture_output=True)


def await_line(ledger, line):
    deadline = time.monotonic() + 20
    while line not in (ledger.read_text() if ledger.exists() else ""):
        if time.monotonic() > deadline:
            raise Failure(f"{line} never came")
        time.sleep(0.02)


class Fake:
    """A module with one RSA key, what came of asking it to sign, and what it was asked."""

    def __init__(self, doctor):
        self.doctor, self.ledger = doctor, doctor.folder / "ledger"
        make_pair(doctor.folder)
        self.variables = {"SCCA_FAKE_CERTIFICATE": doctor.folder / "sign.der", "SCCA_FAKE_PIN": PIN,
                          "SCCA_FAKE_KEY": doctor.folder / "key.pem", "SCCA_FAKE_LEDGER": self.ledger}

    def sign(self, script="", pin=PIN, **variables):
        """The answer, the finding, and how often each call was made in the signature test."""
        self.ledger.unlink(missing_ok=True)
        answer = self.doctor.run("check-key", "--format", "json", "--timeout", "2", "--module",
                                 self.doctor.fake("fake_pkcs11"), "--sign-test", pin=pin, SCCA_FAKE=script,
                                 **self.variables, **variables)
        return answer, finding(answer.report(), "key.signs")

    def calls(self, name):
        return self.ledger.read_text().splitlines().count(f"call {name}")


def right_pin(doctor):
    """the right PIN: the key signs, by either mechanism, is asked once, and is logged out of"""
    fake = Fake(doctor)
    for variables in ({}, {"SCCA_FAKE_MECHANISM": SHA256_RSA_PKCS}):
        answer, signs = fake.sign(**variables)
        expect((signs["outcome"], signs["evidence"]), ("passed", {"signature_octets": 256}), variables)
        expect([fake.calls(name) for name in ON_THE_WAY], [1] * 5, "calls")
        expect("sign-operation-failed" in answer.report()["root_causes"], False, "root causes")


def always_authenticate(doctor):
    """a key that wants the PIN for each signature gets it a second time, between C_SignInit and C_Sign"""
    fake = Fake(doctor)
    _, signs = fake.sign(SCCA_FAKE_ALWAYS=1)
    expect(signs["outcome"], "passed", signs)
    asked = [line.split()[1] for line in fake.ledger.read_text().splitlines() if line.startswith("call ")]
    order = [name for name in asked if name in ON_THE_WAY]
    expect(order, ["C_GetMechanismList", "C_Login", "C_SignInit", "C_Login", "C_Sign", "C_Logout"], "order")
    # Once it was wrong, it does not go out again.
    _, signs = fake.sign(pin="000000", SCCA_FAKE_ALWAYS=1)
    expect((signs["faq"], fake.calls("C_Login")), ("pin-wrong", 1), "wrong")
    _, signs = fake.sign("C_Login#2:fail=101", SCCA_FAKE_ALWAYS=1)
    expect((signs["faq"], signs["evidence"]["call"], fake.calls("C_Sign")), ("sign-operation-failed", "C_Login", 0),
           "the second time refused")


def wrong_pin(doctor):
    """a wrong PIN is sent once; what the token then says of its tries is told, and nobody is logged out who was not in"""
    fake = Fake(doctor)
    # The third time that the token is asked to describe itself is after the refusal: before, it was once for each slot.
    for script, pin, faq, left in (("", "000000", "pin-wrong", None), ("C_Login:fail=A0", PIN, "pin-wrong", None),
                                   (f"C_Login:fail=A0,C_GetTokenInfo#3:lie={FINAL_TRY}", PIN, "pin-wrong", 1),
                                   ("C_Login:fail=A4", PIN, "pin-locked", None),
                                   (f"C_Login:fail=A4,C_GetTokenInfo#3:lie={LOCKED}", PIN, "pin-locked", 0)):
        answer, signs = fake.sign(script, pin)
        expect((signs["outcome"], signs["faq"]), ("failed", faq), script)
        expect((signs["evidence"]["call"], signs["evidence"].get("tries_left")), ("C_Login", left), script)
        expect(answer.report()["root_causes"].count(faq), 1, script)
        expect((fake.calls("C_Login"), fake.calls("C_Sign"), fake.calls("C_Logout")), (1, 0, 0), script)


def few_tries(doctor):
    """where the token says that tries were spent, that one is left or none, no PIN is read and none is sent"""
    fake = Fake(doctor)
    for flag, outcome, reason in ((COUNT_LOW, "unknown", "wrong-before"), (FINAL_TRY, "unknown", "few-tries"),
                                  (LOCKED, "blocked", None)):
        _, signs = fake.sign(f"C_GetTokenInfo:lie={flag}")
        expect((signs["outcome"], signs["evidence"].get("reason")), (outcome, reason), hex(flag))
        expect(fake.calls("C_Login"), 0, hex(flag))
    # Somebody else mistypes the PIN while this one is being typed.
    fake.ledger.unlink()
    flags = doctor.folder / "flags"
    flags.write_text("0")
    first, second = os.pipe()
    process = doctor.start("check-key", "--format", "json", "--module", doctor.fake("fake_pkcs11"), "--sign-test",
                           "--pin-fd", str(first), pass_fds=(first,), SCCA_FAKE_FLAGS=flags, **fake.variables)
    os.close(first)
    await_line(fake.ledger, "call C_Finalize")
    flags.write_text(str(COUNT_LOW))
    os.write(second, PIN.encode())
    os.close(second)
    signs = finding(json.loads(process.communicate(timeout=30)[0]), "key.signs")
    doctor.nothing_left()
    expect((signs["outcome"], signs["evidence"], fake.calls("C_Login")), ("unknown", {"reason": "wrong-before"}, 0), "meanwhile")


def faults(doctor):
    """whatever call breaks, it is named; the PIN was sent at most once, and who could be logged out was"""
    fake = Fake(doctor)
    for call in ON_THE_WAY:
        for action, faq, evidence in (("crash", "driver-crashed", {"signal": "SIGSEGV"}),
                                      ("exit", "driver-crashed", {"exit_status": 0}),
                                      ("hang", "driver-hung", {"deadline_ms": 2000})):
            if action == "hang" and call not in ("C_Login", "C_Sign"):
                continue
            answer, signs = fake.sign(f"{call}:{action}")
            expect((signs["outcome"], signs["faq"], signs["evidence"]["call"]), ("failed", faq, call), f"{call}:{action}")
            expect({key: signs["evidence"].get(key) for key in evidence}, evidence, f"{call}:{action}")
            expect(answer.seconds < 2 * 2 + 0.5, True, f"{call}:{action}: {answer.seconds} s")
            expect(fake.calls("C_Login") <= 1, True, f"{call}:{action}: PINs")
    for script, faq, evidence in (("C_SignInit:fail=63", "sign-operation-failed", {"call": "C_SignInit"}),
                                  ("C_Sign:fail=30", "sign-operation-failed", {"symbol": "CKR_DEVICE_ERROR"}),
                                  ("C_Sign:ok", "sign-operation-failed", {"message": "said success and wrote nothing"}),
                                  ("C_Sign:lie=100", "sign-operation-failed", {"reason": "does-not-verify"}),
                                  ("C_Sign:lie=9999", "driver-crashed", {"call": "C_Sign"}),
                                  ("C_Sign:overrun", "driver-crashed", {"call": "C_Sign"}),
                                  ("C_Sign:junk", "driver-crashed", {"call": "C_Sign"})):
        _, signs = fake.sign(script)
        expect((signs["outcome"], signs["faq"]), ("failed", faq), script)
        expect({key: signs["evidence"].get(key) for key in evidence}, evidence, script)
        if "junk" not in script:
            expect(fake.calls("C_Logout"), 1, f"{script}: logged out")
    _, signs = fake.sign("C_GetMechanismList:lie=0")
    expect((signs["outcome"], signs["evidence"]["reason"], fake.calls("C_Login")), ("unknown", "not-possible", 0),
           "no mechanism")


def nowhere(doctor):
    """the PIN has left the memory of both processes before the key is asked to sign; one that is wanted each time, after"""
    fake = Fake(doctor)
    for script, awaited, variables in (("C_Sign:hang", "call C_Sign", {}),
                                       ("C_Logout:hang", "call C_Logout", {"SCCA_FAKE_ALWAYS": 1})):
        fake.ledger.unlink(missing_ok=True)
        first, second = os.pipe()
        os.write(second, RARE_PIN.encode())
        os.close(second)
        # Any PIN is right, or it would stand in the environment.
        given = {name: value for name, value in fake.variables.items() if name != "SCCA_FAKE_PIN"}
        process = doctor.start("check-key", "-v", "--format", "json", "--timeout", "4", "--module",
                               doctor.fake("fake_pkcs11"), "--sign-test", "--pin-fd", str(first), pass_fds=(first,),
                               SCCA_FAKE=script, **given, **variables)
        os.close(first)
        await_line(fake.ledger, awaited)
        children = [int(one) for one in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        expect(len(children), 1, "children")
        for number in [process.pid, *children]:
            if holds(number, RARE_PIN.encode()):
                raise Failure(f"{script}: the PIN is in the memory of {pathlib.Path(f'/proc/{number}/comm').read_text()}")
        out, err = process.communicate(timeout=30)
        doctor.nothing_left()
        expect(RARE_PIN.encode() in out + err, False, "PIN in the output")


class SoftHsm:
    """A token of SoftHSM2 with one key and its certificate."""
    library = "/usr/lib/softhsm/libsofthsm2.so"

    def __init__(self, doctor, name, kind, *key_options):
        at = doctor.folder / name
        (at / "tokens").mkdir(parents=True)
        make_pair(at, *kind)
        (at / "conf").write_text(f"directories.tokendir = {at}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        self.doctor, self.conf = doctor, at / "conf"
        self.tool("openssl", "pkey", "-in", at / "key.pem", "-outform", "DER", "-out", at / "key.der")
        self.tool("softhsm2-util", "--init-token", "--free", "--label", "SCCA", "--so-pin", "12345678", "--pin", PIN)
        own = ["pkcs11-tool", "--module", self.library, "--token-label", "SCCA", "--login", "--pin", PIN, "--id", "01"]
        self.tool(*own, "--write-object", at / "sign.der", "--type", "cert")
        self.tool(*own, "--write-object", at / "key.der", "--type", "privkey", "--usage-sign", *key_options)

    def tool(self, *words):
        subprocess.run(words, check=True, capture_output=True, env=dict(os.environ, SOFTHSM2_CONF=str(self.conf)))

    def sign(self, pin):
        answer = self.doctor.run("check-key", "--format", "json", "--module", self.library, "--sign-test", pin=pin,
                                 SOFTHSM2_CONF=self.conf)
        return finding(answer.report(), "key.signs")


def softhsm(doctor):
    """SoftHSM2: RSA and EC keys sign, and one that wants the PIN each time; after a wrong PIN no further one is sent"""
    if not (os.path.exists(SoftHsm.library) and shutil.which("pkcs11-tool") and shutil.which("softhsm2-util")):
        print("     skipped: needs softhsm2 and opensc")
        return
    curve = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    for name, kind, options in (("rsa", ["rsa:2048"], []), ("ec", curve, []), ("each", ["rsa:2048"], ["--always-auth"]),
                                ("ec-each", curve, ["--always-auth"])):
        token = SoftHsm(doctor, name, kind, *options)
        signs = token.sign(PIN)
        expect(signs["outcome"], "passed", f"{name}: {signs}")
        signs = token.sign("000000")
        expect((signs["outcome"], signs["faq"], signs["evidence"]["symbol"]), ("failed", "pin-wrong", "CKR_PIN_INCORRECT"),
               name)
        expect(token.sign(PIN)["evidence"].get("reason"), "wrong-before", f"{name}: after a wrong PIN")


if __name__ == "__main__":
    sys.exit(main([right_pin, always_authenticate, wrong_pin, few_tries, faults, nowhere, softhsm], sys.argv[1]))
