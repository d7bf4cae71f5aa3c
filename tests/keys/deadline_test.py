#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Modules that take their time, write garbage, a gigabyte or nothing: a full report in time, and nothing left behind."""
import os
import pty
import shutil
import signal
import subprocess
import sys
import time

from doctor import Answer, Failure, expect, finding, main

from sign_test import make_certificate

# Over what a deadline grants, on a machine that has other things to do.
ROOM = 0.5


def shared_memory():
    return sorted(os.listdir("/dev/shm"))


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def three_and_a_slow_one(doctor):
    """three healthy modules and one that sleeps three seconds: half a second more than that, and each key once"""
    key = doctor.make_key("key")
    modules = [doctor.module]
    for name in ("two", "three"):
        modules.append(shutil.copy(doctor.module, doctor.folder / f"{name}.so"))
    words = [word for module in [*modules, doctor.fake()] for word in ("--module", str(module))]
    answer = doctor.run("check-key", "--format", "json", *words, SCCA_SOFTKEY_DIR=key, SCCA_FAKE="SKF_EnumDev:sleep=3000")
    expect(3.0 <= answer.seconds <= 3.0 + ROOM, True, f"{answer.seconds} s")
    serials = [one["facts"]["serial"] for one in answer.report()["subjects"] if one["kind"] == "token"]
    expect(len(serials), 2, serials)
    expect(finding(answer.report(), "token.found")["evidence"]["keys"], 2, "keys")


def blocked_for_ever(doctor):
    """a module that blocks for ever, wherever it does: the full report in the time that was given"""
    key = doctor.make_key("key")
    for script in ("load:hang", "SKF_EnumDev:hang", "SKF_ConnectDev:hang", "SKF_ReadFile:hang"):
        answer = doctor.run("check-key", "--format", "json", "--timeout", "1", "--module", doctor.fake(), "--module",
                            doctor.module, SCCA_SOFTKEY_DIR=key, SCCA_FAKE=script)
        expect(1.0 <= answer.seconds <= 1.0 + ROOM, True, f"{script}: {answer.seconds} s")
        expect("driver-hung" in answer.report()["root_causes"], True, script)
        passed = [one for subject in answer.report()["subjects"] for one in subject["findings"]
                  if (one["rung"], one["outcome"]) == ("token.pin", "passed")]
        expect(len(passed), 1, f"{script}: the good key is reported")


def garbage(doctor):
    """a child that writes garbage, a gigabyte or nothing is a broken driver, in time and in 16 MiB"""
    _, usual = run_measured(doctor, "SKF_EnumDev:sleep=1")
    for script, faq in (("SKF_EnumDev:junk", "driver-crashed"), ("SKF_EnumDev:deluge", "driver-crashed"),
                        ("SKF_EnumDev:flood", "driver-hung"), ("SKF_EnumDev:deaf", "driver-crashed")):
        answer, size = run_measured(doctor, script)
        expect(answer.seconds <= 2.0 + ROOM, True, f"{script}: {answer.seconds} s")
        expect(answer.report()["root_causes"], [faq], script)
        broken = [one["evidence"]["call"] for subject in answer.report()["subjects"] for one in subject["findings"]
                  if one["faq"] == faq]
        expect(broken, ["SKF_EnumDev"], script)
        if size - usual > 16 * 1024:
            raise Failure(f"{script}: {size - usual} KiB more than usual")


def run_measured(doctor, script):
    """The answer, and the largest size of the program in KiB: that of its children is not in it."""
    started = time.monotonic()
    process = doctor.start("check-key", "--format", "json", "--timeout", "2", "--module", doctor.fake(), SCCA_FAKE=script)
    largest = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                sizes = [int(line.split()[1]) for line in status if line.startswith("VmHWM:")]
        except OSError:
            sizes = []
        largest = max([largest, *sizes])
        time.sleep(0.002)
    seconds = time.monotonic() - started
    out, err = process.communicate()
    doctor.nothing_left()
    return Answer(process.returncode, out.decode(), err.decode(), seconds), largest


def at_terminal(doctor, *options):
    """What the program writes to a terminal that is its standard error alone."""
    ours, theirs = pty.openpty()
    environment = dict(doctor.environment, SCCA_FAKE="SKF_EnumDev:hang")
    with subprocess.Popen(doctor.command("check-key", "--timeout", "2", "--module", doctor.fake(), *options),
                          env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:  # nobody writes any more
            pass
    os.close(ours)
    expect(process.returncode, 1, "status")
    doctor.nothing_left()
    return seen.decode()


def told_while_waiting(doctor):
    """who waits at a terminal reads which driver is waited for, and nothing of that stays; others read nothing"""
    seen = at_terminal(doctor)
    expect("\r驱动 fake_skf_32_1.so 还没有回答，最多再等 1 秒" in seen, True, repr(seen))
    expect((seen.endswith("\r\x1b[K"), "\n" in seen), (True, False), repr(seen))
    expect(at_terminal(doctor, "-q"), "", "-q")
    answer = doctor.run("check-key", "--timeout", "2", "--module", doctor.fake(), SCCA_FAKE="SKF_EnumDev:hang")
    expect(answer.err, "", "no terminal")


def nothing_left(doctor):
    """after any of these no process, no descriptor and no shared memory is left, not even of a doctor that was killed"""
    before = (shared_memory(), descriptors())
    for script in ("load:crash", "SKF_ConnectDev:crash", "SKF_GetPINInfo:abort", "SKF_EnumDev:exit", "SKF_EnumDev:hang",
                   "SKF_EnumDev:fork", "SKF_EnumDev:deaf", "SKF_EnumDev:junk", "SKF_EnumDev:flood"):
        doctor.run("check-key", "--timeout", "0.5", "--module", doctor.fake(), SCCA_FAKE=script)
    certificate = doctor.folder / "sign.der"
    make_certificate(doctor, certificate)
    for script in ("SKF_VerifyPIN:hang", "SKF_ECCSignData:hang", "SKF_ClearSecureState:fork"):
        doctor.run("check-key", "--timeout", "0.5", "--module", doctor.fake(), "--sign-test", pin="135790", SCCA_FAKE=script,
                   SCCA_FAKE_CERTIFICATE=certificate)
    for options, number in (((), signal.SIGKILL), ((), signal.SIGINT), (("--watch",), signal.SIGINT),
                            (("--watch",), signal.SIGTERM)):
        process = doctor.start("check-key", *options, "--timeout", "30", "--module", doctor.fake(),
                               SCCA_FAKE="SKF_EnumDev:hang")
        time.sleep(0.5)
        process.send_signal(number)
        process.communicate()
        doctor.nothing_left(patience=1.0)
    expect((shared_memory(), descriptors()), before, "left")


if __name__ == "__main__":
    sys.exit(main([three_and_a_slow_one, blocked_for_ever, garbage, told_while_waiting, nothing_left], sys.argv[1]))
