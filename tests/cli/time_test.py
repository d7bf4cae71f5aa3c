#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long a check may take, as behaviour: a healthy software key 150 ms from start to end; a machine with modules that
hang no longer than the slowest of them and 100 ms, however many they are. Twice the room is given, and the best of some
runs counts, so that a busy machine fails nothing. What it really takes tells tests/bench/check.sh.

usage: time_test.py BUILD"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
ROOM = 2


def best_of(runs, words, environment, status):
    """Seconds of the quickest run of the whole process."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        ran = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        took.append(time.perf_counter() - start)
        assert ran.returncode == status, ran.stdout + ran.stderr
    return min(took)


class Time(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="scca-")
        self.addCleanup(scratch.cleanup)
        self.key = pathlib.Path(scratch.name) / "key"
        subprocess.run([BUILD / "scca-softkey", "make", self.key], check=True, capture_output=True)
        self.environment = {**os.environ, "SCCA_SOFTKEY_DIR": str(self.key), "LC_ALL": "C.UTF-8"}
        self.words = [str(BUILD / "scca-doctor"), "check", "--module", str(BUILD / "libscca-softkey.so")]

    def test_a_healthy_key_is_judged_before_anyone_waits(self):
        self.assertLessEqual(best_of(10, self.words, self.environment, 0), ROOM * 0.150)

    def test_a_check_lasts_as_long_as_its_slowest_source(self):
        hanging = BUILD / "tests" / "fakes" / "hang_in_enum.so"
        with tempfile.TemporaryDirectory(prefix="scca-") as folder:
            words = [*self.words, "--timeout", "1"]
            for number in range(4):
                link = pathlib.Path(folder) / f"libhanging{number}.so"
                link.write_bytes(hanging.read_bytes())
                words += ["--module", str(link)]
            self.assertLessEqual(best_of(3, words, self.environment, 1), 1 + ROOM * 0.100)


if __name__ == "__main__":
    unittest.main(verbosity=1)
