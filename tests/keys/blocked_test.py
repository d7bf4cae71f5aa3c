#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Drivers that the system does not let anybody load: on a file system with noexec, as security policies have it too, and
in a file that this user may not read."""
import json
import os
import shutil
import subprocess
import sys

from doctor import expect, finding, main

NOBODY = 65534


def noexec(doctor):
    """a driver on a file system that is mounted with noexec is blocked; nothing that it needs is missing"""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    alone = ["unshare", *user, "--mount", "--propagation", "private"]
    place = doctor.folder / "place"
    place.mkdir()
    mount = f'mount -t tmpfs -o noexec tmpfs {place} && cp {doctor.module} {place}/driver.so && exec "$@"'
    if subprocess.run([*alone, "bash", "-c", mount, "bash", "true"], capture_output=True).returncode != 0:
        print("     skipped: no namespace for mounts may be had here")
        return
    doctor.runner = [*alone, "bash", "-c", mount, "bash"]
    key = doctor.make_key("key")
    answer = doctor.run("check-key", "--format", "json", "--module", place / "driver.so", SCCA_SOFTKEY_DIR=key)
    expect((answer.status, answer.report()["root_causes"]), (1, ["driver-blocked"]), answer.out)
    file = finding(answer.report(), "module.file")
    expect((file["outcome"], file["evidence"]["call"]), ("failed", "dlopen"), file)
    expect("failed to map segment" in file["evidence"]["message"], True, file)


def unreadable(doctor):
    """a driver that this user may not read is blocked, and not called something else than a driver"""
    for name in ("scca-doctor", "scca-doctor-check", "scca-module-host", "libscca-softkey.so"):
        shutil.copy(doctor.build / name, doctor.folder)
    doctor.folder.chmod(0o755)
    module = doctor.folder / "libscca-softkey.so"
    module.chmod(0)
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    answer = subprocess.run([doctor.folder / "scca-doctor", "check-key", "--format", "json", "--module", module],
                            env=dict(doctor.environment, HOME="/"), capture_output=True, stdin=subprocess.DEVNULL,
                            timeout=60, **user)
    report = json.loads(answer.stdout)
    file = finding(report, "module.file")
    expect((file["outcome"], file["faq"], file["evidence"]["call"]), ("failed", "driver-blocked", "open"), file)
    expect(report["root_causes"], ["driver-blocked"], "root causes")


if __name__ == "__main__":
    sys.exit(main([noexec, unreadable], sys.argv[1]))
