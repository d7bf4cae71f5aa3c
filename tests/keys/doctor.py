# SPDX-License-Identifier: Apache-2.0
"""Runs the built program on software keys and fake modules, and looks at what it leaves behind. Every process that the
program leaves becomes a child of the test, and fails it."""
import ctypes
import json
import os
import pathlib
import subprocess
import tempfile
import time

PR_SET_CHILD_SUBREAPER = 36


class Failure(Exception):
    pass


def expect(found, wanted, what):
    if found != wanted:
        raise Failure(f"{what}: {found!r}, expected {wanted!r}")


def finding(report, rung):
    """The one finding of this rung."""
    found = [one for subject in report["subjects"] for one in subject["findings"] if one["rung"] == rung]
    if len(found) != 1:
        raise Failure(f"{len(found)} findings of {rung}")
    return found[0]


class Answer:
    def __init__(self, status, out, err, seconds):
        self.status, self.out, self.err, self.seconds = status, out, err, seconds

    def report(self):
        return json.loads(self.out)


class Doctor:
    def __init__(self, build, folder):
        self.build = pathlib.Path(build)
        self.runner = []  # before the program, as valgrind stands
        self.folder = pathlib.Path(folder)
        self.module = str(self.build / "libscca-softkey.so")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "zh_CN.UTF-8",
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def make_key(self, name, *options):
        subprocess.run([self.build / "scca-softkey", "make", self.folder / name, *options], check=True,
                       capture_output=True)
        return self.folder / name

    def fake(self, name="fake_skf_32_1"):
        return str(self.build / "tests/fakes" / f"{name}.so")

    def command(self, *words):
        return [*self.runner, str(self.build / "scca-doctor"), *words]

    def start(self, *words, pass_fds=(), **variables):
        environment = dict(self.environment, **{name: str(value) for name, value in variables.items()})
        return subprocess.Popen(self.command(*words), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, pass_fds=pass_fds, start_new_session=True)

    def run(self, *words, pin=None, **variables):
        """With a PIN, it comes on a descriptor of its own. There is no terminal."""
        ends = os.pipe() if pin is not None else ()
        if ends:
            os.write(ends[1], pin.encode())
            os.close(ends[1])
            words += ("--pin-fd", str(ends[0]))
        started = time.monotonic()
        process = self.start(*words, pass_fds=ends[:1], **variables)
        for end in ends[:1]:
            os.close(end)
        out, err = process.communicate(timeout=120)
        seconds = time.monotonic() - started
        self.nothing_left()
        return Answer(process.returncode, out.decode(), err.decode(), seconds)

    def nothing_left(self, patience=0.3):
        """No child of the program, nor of a module, still runs after so many seconds. What was ended is reaped here, as
        init does it."""
        deadline = time.monotonic() + patience
        while True:
            try:
                left, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if left == 0 and time.monotonic() > deadline:
                raise Failure("a process is left behind and still runs")
            time.sleep(0.005)


def holds(number, what):
    """Whether the writable memory of a process has these octets in it; nothing when it may not be read."""
    try:
        memory = open(f"/proc/{number}/mem", "rb", buffering=0)
        maps = pathlib.Path(f"/proc/{number}/maps").read_text()
    except PermissionError:
        return None
    with memory:
        for line in maps.splitlines():
            bounds, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            if end - start > 1 << 30:  # AddressSanitizer's shadow, terabytes that are hardly there
                continue
            try:
                memory.seek(start)
                if what in memory.read(end - start):
                    return True
            except (OSError, ValueError, OverflowError):
                continue
    return False


def main(tests, build):
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="scca-") as folder:
            try:
                test(Doctor(build, folder))
                print(f"ok   {test.__doc__}")
            except (Failure, KeyError, ValueError, OSError, subprocess.SubprocessError) as problem:
                print(f"FAIL {test.__doc__}\n     {type(problem).__name__}: {problem}")
                failed += 1
    return 1 if failed else 0
