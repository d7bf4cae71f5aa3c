# SPDX-License-Identifier: Apache-2.0
"""Runs scca-doctor for a test and holds what must be true after every run: the time, and that nothing is left over."""
import collections
import ctypes
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

try:
    import jsonschema
except ImportError:
    jsonschema = None

NOBODY = 65534
# Twice the 0.5 s that a report may take above --timeout: two cores are shared.
ROOM = 1.0

Run = collections.namedtuple("Run", "status report seconds")


def adopt_orphans():
    """From now on whatever a child leaves behind becomes a child of this process, and is seen."""
    pr_set_child_subreaper = 36
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def children():
    return set(pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def shared_memory():
    folder = pathlib.Path("/dev/shm")
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


class Doctor:
    def __init__(self, build, folder):
        # Beside each other where anybody may run them: some tests run as nobody.
        self.folder = pathlib.Path(folder)
        for name in ("scca-doctor", "scca-doctor-check", "scca-module-host", "libscca-softkey.so"):
            shutil.copy(f"{build}/{name}", self.folder)
        self.schema = json.loads(pathlib.Path(f"{build}/share/scca-doctor.schema.json").read_text(encoding="utf-8"))
        self.softkey = str(self.folder / "libscca-softkey.so")

    def check(self, *options, environment=None, timeout=10, as_nobody=False, module=None, command="check-key",
              pass_fds=()):
        """A check through one module; by default that of a software key that is not there."""
        words = [str(self.folder / "scca-doctor"), command, "--format", "json", "--lang", "en", "--no-redact",
                 "--timeout", str(timeout), "--module", module or self.softkey, *options]
        environment = dict(environment or os.environ)
        environment.setdefault("SCCA_SOFTKEY_DIR", str(self.folder / "no-key"))
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_nobody and os.geteuid() == 0 else {}
        before, shared = children(), shared_memory()
        start = time.monotonic()
        done = subprocess.run(words, capture_output=True, env=environment, timeout=timeout + 60,
                              pass_fds=pass_fds, **user)
        seconds = time.monotonic() - start
        assert children() == before, "a process was left over"
        assert shared_memory() == shared, "shared memory was left over"
        assert seconds <= timeout + ROOM, f"took {seconds:.2f} s with --timeout {timeout}"
        if not done.stdout:
            sys.exit(f"scca-doctor ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        report = json.loads(done.stdout)
        self.validate(report)
        return Run(done.returncode, report, seconds)

    def validate(self, report):
        """By the schema that is shipped, where there is something to read it with."""
        if jsonschema is not None:
            jsonschema.Draft202012Validator(self.schema).validate(report)


def finding(report, rung):
    """The rung's findings, outcome and problem as one word each, and the evidence of the last."""
    found = [one for subject in report["subjects"] for one in subject["findings"] if one["rung"] == rung]
    said = [" ".join(filter(None, (one["outcome"], one["faq"]))) for one in found]
    return said, found[-1]["evidence"] if found else {}


def usb_tree(folder, vendor, product, interface_class):
    """A sysfs for --sysfs-root, with one device in it."""
    devices = pathlib.Path(folder) / "sys" / "bus" / "usb" / "devices"
    for name, attributes in (("1-2", {"idVendor": vendor, "idProduct": product, "busnum": "1", "devnum": "4"}),
                             ("1-2/1-2:1.0", {"bInterfaceClass": interface_class})):
        place = pathlib.Path(folder) / "sys" / "devices" / "usb1" / name
        place.mkdir(parents=True)
        for file, value in attributes.items():
            (place / file).write_text(value + "\n")
        devices.mkdir(parents=True, exist_ok=True)
        (devices / place.name).symlink_to(place)
    return str(folder)
