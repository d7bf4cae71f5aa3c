#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""--sign-test: a PIN that is asked for once, sent once, shown nowhere and kept nowhere."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from doctor import Failure, expect, finding, holds, main
from terminal import Terminal

PIN = "135790"
# One that stands in no program by chance.
RARE_PIN = "Zq7-PINwipe-42"


def tries_left(key):
    return int(re.search(r"left = (\d+)", next(key.glob("devices/*/applications/*/user.pin")).read_text())[1])


def sign(doctor, key, pin=PIN, *options):
    answer = doctor.run("check-key", "--format", "json", "--module", doctor.module, "--sign-test", *options, pin=pin,
                        SCCA_SOFTKEY_DIR=key)
    return answer, finding(answer.report(), "key.signs")


def right_pin(doctor):
    """the right PIN: the key signs, and no try is spent; with SM2 and RSA, and with a Windows line end"""
    for pin, options in ((PIN, ()), (PIN + "\n", ()), (PIN + "\r\n", ("--rsa",))):
        key = doctor.make_key("key", *options)
        answer, signs = sign(doctor, key, pin)
        expect((answer.status, signs["outcome"], tries_left(key)), (0, "passed", 6), repr(pin))
    answer = doctor.run("check-key", "--lang", "en", "--module", doctor.module, "--sign-test", "-v", pin=PIN,
                        SCCA_SOFTKEY_DIR=key)
    expect("its certificate verifies that" in answer.out, True, "in words")


def saved(doctor):
    """what was saved of a signature test has its outcome, and not the PIN"""
    key = doctor.make_key("key")
    for pin, outcome in ((PIN, "passed"), (RARE_PIN, "failed")):
        kept = doctor.folder / "kept.json"
        doctor.run("check-key", "--save", str(kept), "--module", doctor.module, "--sign-test", pin=pin,
                   SCCA_SOFTKEY_DIR=key)
        expect(RARE_PIN in kept.read_text(), False, "the PIN was saved")
        answer = doctor.run("check-key", "--format", "json", "--from", str(kept))
        expect(finding(answer.report(), "key.signs")["outcome"], outcome, pin)


def wrong_pin(doctor):
    """a wrong PIN is tried once, and the finding says how many tries are left"""
    key = doctor.make_key("key")
    answer, signs = sign(doctor, key, "999999")
    expect((answer.status, answer.report()["root_causes"]), (1, ["pin-wrong"]), "root cause")
    expect((signs["outcome"], signs["evidence"]["tries_left"]), ("failed", 5), "finding")
    expect(signs["evidence"]["symbol"], "SAR_PIN_INCORRECT", "code")
    expect(tries_left(key), 5, "tries on the key")


def few_tries(doctor):
    """at two tries or none no PIN is sent, and none is read"""
    key = doctor.make_key("key", "--fault", "pin-few-tries")
    answer, signs = sign(doctor, key)
    expect((answer.status, signs["outcome"], signs["evidence"]), (1, "unknown", {"reason": "few-tries", "tries_left": 2}),
           "few")
    expect(tries_left(key), 2, "tries on the key")
    key = doctor.make_key("locked", "--fault", "pin-locked")
    answer, signs = sign(doctor, key)
    expect((signs["outcome"], signs["blocked_by"][-9:]), ("blocked", "token.pin"), "locked")
    # An SKF module that does not tell.
    certificate = doctor.folder / "sign.der"
    make_certificate(doctor, certificate)
    ledger = doctor.folder / "ledger"
    answer = doctor.run("check-key", "--format", "json", "--module", doctor.fake(), "--sign-test", pin=PIN,
                        SCCA_FAKE="SKF_GetPINInfo:fail=0A000003", SCCA_FAKE_CERTIFICATE=certificate,
                        SCCA_FAKE_LEDGER=ledger)
    signs = finding(answer.report(), "key.signs")
    expect((signs["outcome"], signs["evidence"]["reason"]), ("unknown", "tries-unknown"), "unknown")
    expect("SKF_VerifyPIN" in ledger.read_text(), False, "a PIN was sent")


def two_keys(doctor):
    """with two keys plugged in no PIN is sent to either"""
    key = doctor.make_key("key", "--fault", "several-keys")
    answer = doctor.run("check-key", "--format", "json", "--module", doctor.module, "--sign-test", pin=PIN,
                        SCCA_SOFTKEY_DIR=key)
    reasons = [one["evidence"]["reason"] for subject in answer.report()["subjects"] for one in subject["findings"]
               if one["rung"] == "key.signs"]
    expect(reasons, ["several-keys"] * 2, "reasons")


def make_certificate(doctor, path):
    """That of a software key, as the fake module's own."""
    container = next(doctor.make_key("certified").glob("devices/*/applications/*/containers/*"))
    subprocess.run(["openssl", "x509", "-in", container / "sign.crt", "-outform", "DER", "-out", path], check=True,
                   capture_output=True)


def faults_of_modules(doctor):
    """whatever a module does when it is asked to sign, the call is named, once tried and never again"""
    certificate = doctor.folder / "sign.der"
    make_certificate(doctor, certificate)
    rows = (("SKF_VerifyPIN:crash", "driver-crashed", {"call": "SKF_VerifyPIN", "signal": "SIGSEGV"}),
            ("SKF_VerifyPIN:exit", "driver-crashed", {"call": "SKF_VerifyPIN", "exit_status": 0}),
            ("SKF_ECCSignData:hang", "driver-hung", {"call": "SKF_ECCSignData", "deadline_ms": 3000}),
            ("SKF_VerifyPIN:fail=0A000024", "pin-wrong", {"call": "SKF_VerifyPIN", "tries_left": 9}),
            ("SKF_VerifyPIN:fail=0A000025", "pin-locked", {"call": "SKF_VerifyPIN"}),
            ("SKF_VerifyPIN:fail=0A000001", "sign-operation-failed", {"call": "SKF_VerifyPIN"}),
            ("SKF_ECCSignData:fail=0A00002D", "sign-operation-failed", {"symbol": "SAR_USER_NOT_LOGGED_IN"}),
            ("SKF_ECCSignData:ok", "sign-operation-failed", {"message": "said success and wrote nothing"}))
    for script, faq, evidence in rows:
        ledger = doctor.folder / "ledger"
        ledger.unlink(missing_ok=True)
        answer = doctor.run("check-key", "--format", "json", "--timeout", "3", "--module", doctor.fake(), "--sign-test",
                            pin=PIN, SCCA_FAKE=script, SCCA_FAKE_CERTIFICATE=certificate, SCCA_FAKE_LEDGER=ledger)
        signs = finding(answer.report(), "key.signs")
        expect((signs["outcome"], signs["faq"]), ("failed", faq), script)
        expect({key: signs["evidence"].get(key) for key in evidence}, evidence, script)
        expect(ledger.read_text().count("call SKF_VerifyPIN"), 1, f"{script}: PINs sent")
        ended = faq.startswith("driver") or "VerifyPIN:fail" in script
        expect("call SKF_ClearSecureState" in ledger.read_text(), not ended, f"{script}: logged out")


def usage(doctor):
    """without a terminal, a descriptor or sense: one sentence and 64"""
    key = doctor.make_key("key")
    for words, sentence in ((("--sign-test",), "没有终端"), (("--sign-test", "--pin-fd", "77"), "描述符 77"),
                            (("--pin-fd", "0"), "--sign-test"), (("--sign-test", "--no-key"), "--no-key"),
                            (("--watch", "--no-key"), "--no-key")):
        answer = doctor.run("check-key", "--module", doctor.module, *words, SCCA_SOFTKEY_DIR=key)
        expect((answer.status, sentence in answer.err, answer.out), (64, True, ""), f"{words}: {answer.err}")
    answer = doctor.run("check-key", "--module", doctor.module, "--sign-test", pin="9" * 300, SCCA_SOFTKEY_DIR=key)
    expect((answer.status, tries_left(key)), (64, 6), "a PIN that is too long")
    for odd in (PIN + "\0", "12\x1b34", "\x7f" + PIN):
        answer = doctor.run("check-key", "--module", doctor.module, "--sign-test", pin=odd, SCCA_SOFTKEY_DIR=key)
        expect((answer.status, "控制字符" in answer.err, tries_left(key)), (64, True, 6), f"{odd!r}: {answer.err}")
    answer, signs = sign(doctor, key, "\n")
    expect((answer.status, signs["evidence"]["reason"]), (2, "no-pin"), "an empty PIN")


def told_first(doctor):
    """what came of the test stands below the verdict, whatever else was found and with -q as well"""
    for fault, status, sentence in (((), 0, "✓ 签名测试：签名成功"), (("--fault", "cert-expired"), 1, "签名测试：签名成功")):
        key = doctor.make_key("told" + str(status), *fault)
        answer = doctor.run("check-key", "-q", "--module", doctor.module, "--sign-test", pin=PIN, SCCA_SOFTKEY_DIR=key)
        lines = answer.out.splitlines()
        expect((answer.status, sentence in "\n".join(lines[:3])), (status, True), answer.out)


def spent_meanwhile(doctor):
    """tries that somebody else spends, or another key, while the PIN is being typed: none is sent"""
    key = doctor.make_key("key")
    other = doctor.make_key("other")
    for change, sentence in ((lambda: set_tries(key, 2), "2 次或更少"), (lambda: replug(key, other), "刚才看到的钥匙不在了")):
        asked = Terminal(doctor, "check-key", "--module", doctor.module, "--sign-test", SCCA_SOFTKEY_DIR=str(key))
        asked.wait_for("的密码")
        change()
        os.write(asked.end, b"999999\n")
        expect((asked.finish(), sentence in asked.seen), (2, True), asked.seen)
        expect(tries_left(key) in (2, 6), True, f"tries: {tries_left(key)}")
        set_tries(key, 6)


def set_tries(key, number):
    record = next(key.glob("devices/*/applications/*/user.pin"))
    record.write_text(re.sub(r"left = \d+", f"left = {number}", record.read_text()))


def replug(key, other):
    shutil.rmtree(key / "devices")
    shutil.copytree(other / "devices", key / "devices")


def children_of(number):
    return [int(one) for one in pathlib.Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def nowhere(doctor):
    """the PIN stands in no argument, no environment, no memory once it was sent, and in nothing that is written, though the
    module prints it"""
    certificate = doctor.folder / "sign.der"
    make_certificate(doctor, certificate)
    ledger = doctor.folder / "ledger"
    first, second = os.pipe()
    os.write(second, RARE_PIN.encode())
    os.close(second)
    process = doctor.start("check-key", "-v", "--format", "json", "--timeout", "4", "--module", doctor.fake(),
                           "--sign-test", "--pin-fd", str(first), pass_fds=(first,), SCCA_FAKE="SKF_ECCSignData:hang",
                           SCCA_FAKE_CERTIFICATE=certificate, SCCA_FAKE_LEDGER=ledger, SCCA_FAKE_TELLTALE="1")
    os.close(first)
    deadline = time.monotonic() + 20
    while "call SKF_ECCSignData" not in (ledger.read_text() if ledger.exists() else ""):
        if time.monotonic() > deadline:
            raise Failure("it was never asked to sign")
        time.sleep(0.02)
    for number in [process.pid, *children_of(process.pid)]:
        for name in ("cmdline", "environ"):
            expect(RARE_PIN.encode() in pathlib.Path(f"/proc/{number}/{name}").read_bytes(), False, f"PIN in {name}")
        if holds(number, RARE_PIN.encode()):
            raise Failure(f"the PIN is in the memory of {pathlib.Path(f'/proc/{number}/comm').read_text()}")
    expect(len(children_of(process.pid)), 1, "children")
    out, err = process.communicate(timeout=30)
    doctor.nothing_left()
    expect(RARE_PIN.encode() in out + err, False, "PIN in the output")
    key = doctor.make_key("key")
    for form in ("text", "json", "ndjson", "nagios", "prometheus", "html"):
        for pin in (PIN, "864209"):
            answer = doctor.run("check-key", "-v", "--no-redact", "--format", form, "--module", doctor.module,
                                "--sign-test", pin=pin, SCCA_SOFTKEY_DIR=key)
            expect(pin in answer.out + answer.err, False, f"PIN in {form}")


if __name__ == "__main__":
    sys.exit(main([right_pin, saved, wrong_pin, few_tries, two_keys, faults_of_modules, usage, told_first, spent_meanwhile, nowhere],
                  sys.argv[1]))
