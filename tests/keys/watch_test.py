#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""--watch: a key that comes while one looks, as a folder and on a fake USB, and what is told when."""
import os
import signal
import sys
import threading
import time

from doctor import expect, main


def facts_of(answer):
    return next(one for one in answer.report()["subjects"] if one["kind"] == "machine")["facts"]


def later(seconds, act):
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def plug_in(sysfs):
    """A Longmai key as the kernel shows it: one HID interface."""
    device = sysfs / "bus/usb/devices/1-2"
    interface = device / "1-2:1.0"
    interface.mkdir(parents=True)
    for name, content in (("idVendor", "055c"), ("idProduct", "e618"), ("manufacturer", "Longmai"), ("product", "mToken"),
                          ("busnum", "1"), ("devnum", "4"), ("bDeviceClass", "00")):
        (device / name).write_text(content + "\n")
    (interface / "bInterfaceClass").write_text("03\n")
    (sysfs / "bus/usb/devices/1-2:1.0").symlink_to("1-2/1-2:1.0")


def comes_later(doctor):
    """a key that comes after a second is told of stage by stage, and the watch ends when it is healthy"""
    key = doctor.make_key("made")
    slot = doctor.folder / "slot"
    later(1.0, lambda: key.rename(slot))
    answer = doctor.run("check-key", "--watch", "--timeout", "20", "--module", doctor.module, SCCA_SOFTKEY_DIR=slot)
    expect(answer.status, 0, answer.out)
    stages = [line.split()[2].split("：")[0] for line in answer.out.splitlines()[:4]]
    expect(stages, ["识别", "读卡", "证书", "正常"], answer.out)
    expect(0.9 < float(answer.out.splitlines()[0].split()[0]) < 3.5 and answer.seconds < 5, True, answer.out)


def as_json(doctor):
    """as JSON it is one document, with the times among the facts of the computer"""
    key = doctor.make_key("made")
    slot = doctor.folder / "slot"
    sysfs = doctor.folder / "sys"
    (sysfs / "bus/usb/devices").mkdir(parents=True)
    later(0.5, lambda: plug_in(sysfs))
    later(1.2, lambda: key.rename(slot))
    answer = doctor.run("check-key", "--format", "json", "--watch", "--timeout", "20", "--module", doctor.module,
                        "--sysfs-root", str(sysfs), SCCA_SOFTKEY_DIR=slot)
    facts = facts_of(answer)
    expect(answer.status, 0, answer.out)
    expect(100 <= facts["inserted_ms"] < facts["recognised_ms"] <= facts["certificate_ms"] <= facts["healthy_ms"], True,
           facts)


def never_known(doctor):
    """a key that is plugged in and known to no module: inserted, and then the missing driver, in time"""
    sysfs = doctor.folder / "sys"
    (sysfs / "bus/usb/devices").mkdir(parents=True)
    later(0.6, lambda: plug_in(sysfs))
    answer = doctor.run("check-key", "--format", "json", "--watch", "--timeout", "2", "--module", doctor.module,
                        "--sysfs-root", str(sysfs))
    facts = facts_of(answer)
    expect((answer.status, answer.report()["root_causes"]), (1, ["key-driver-missing"]), "root cause")
    expect((200 <= facts["inserted_ms"] < 1500, facts["recognised_ms"]), (True, None), facts)
    expect(1.9 < answer.seconds < 2.5, True, f"{answer.seconds} s")


def hanging_module(doctor):
    """a module that hangs each time does not keep the watch beyond its time"""
    answer = doctor.run("check-key", "--format", "json", "--watch", "--timeout", "2", "--module", doctor.fake(),
                        SCCA_FAKE="SKF_EnumDev:hang")
    expect((answer.status, answer.report()["root_causes"]), (1, ["driver-hung"]), "root cause")
    expect(answer.seconds < 2.8, True, f"{answer.seconds} s")


def warning_lasts(doctor):
    """what is only to be heeded does not keep the watch waiting, and the exit status is the usual one"""
    key = doctor.make_key("soon", "--fault", "cert-expiring")
    for wish, status in (("warn", 1), ("fail", 0), ("never", 0)):
        answer = doctor.run("check-key", "--watch", "--timeout", "20", "--fail-on", wish, "--module", doctor.module,
                            SCCA_SOFTKEY_DIR=key)
        expect((answer.status, answer.seconds < 5), (status, True), f"{wish}: {answer.seconds} s, {answer.out}")
        expect(("看完：" in answer.out, "正常：" in answer.out), (True, False), answer.out)
    failing = doctor.make_key("locked", "--fault", "pin-locked")
    answer = doctor.run("check-key", "--watch", "--timeout", "1.5", "--fail-on", "never", "--module", doctor.module,
                        SCCA_SOFTKEY_DIR=failing)
    expect((1.4 < answer.seconds < 2.3, "看完：" in answer.out), (True, False), f"{answer.seconds} s, {answer.out}")


def test_follows(doctor):
    """where a signature test follows, the watch does not say before it that nothing failed"""
    key = doctor.make_key("key")
    for pin, status in (("135790", 0), ("999999", 1)):
        answer = doctor.run("check-key", "--watch", "--sign-test", "--timeout", "20", "--module", doctor.module, pin=pin,
                            SCCA_SOFTKEY_DIR=key)
        expect((answer.status, answer.seconds < 8), (status, True), f"{answer.seconds} s, {answer.out}")
        expect(("证书：" in answer.out, "看完：" in answer.out, "正常：" in answer.out), (True, False, False), answer.out)


def interrupted(doctor):
    """Ctrl-C ends it with 130, and what was told before stands"""
    sysfs = doctor.folder / "sys"
    (sysfs / "bus/usb/devices").mkdir(parents=True)
    plug_in(sysfs)
    for form in ("text", "json"):
        process = doctor.start("check-key", "--format", form, "--watch", "--timeout", "30", "--module", doctor.module,
                               "--sysfs-root", str(sysfs))
        time.sleep(1.0)
        os.kill(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=20)
        expect(process.returncode, 130, form)
        expect(("插入" if form == "text" else '"status": 130') in out.decode().replace('":130', '": 130'), True, out)
        doctor.nothing_left(patience=1.0)


if __name__ == "__main__":
    sys.exit(main([comes_later, as_json, never_known, hanging_module, warning_lasts, test_follows, interrupted], sys.argv[1]))
