#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files anew from a build folder, and shows nothing: read `git diff` before you commit.

usage: update.py BUILD"""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def main():
    build = pathlib.Path(sys.argv[1])
    made_by = {"report": [build / "tests" / "render_samples"], "softkey": [sys.executable, "-B", HERE / "softkey.py", build]}
    for name, command in made_by.items():
        with tempfile.TemporaryDirectory() as made:
            subprocess.run([*command, made], check=True)
            subprocess.run([sys.executable, "-B", HERE / "compare.py", made, HERE / name, "--update"], check=True)


if __name__ == "__main__":
    sys.exit(main())
