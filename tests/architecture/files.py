#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says its licence in its first lines, is no longer than 400 lines, ends in a newline and is not indented by
# tabs, has no space at a line's end and no word that marks unfinished work. Asks git for the files, and takes new ones too.
# Usage: files.py [ROOT]; prints one line a breach and exits 1 when there is one.

import pathlib
import re
import subprocess
import sys

LICENCE = "SPDX-License-Identifier: Apache-2.0"
CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".bash", ".fish", ".zsh"}
SCRIPTS = ("tools/", ".ci/")
LONGEST = 400
# Split, so that this file does not name itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def files(root):
    answer = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True)
    for name in sorted(answer.stdout.decode().split("\0")):
        path = root / name
        if name and path.is_file() and (path.suffix in CODE or name.startswith(SCRIPTS)):
            yield name, path


def breaches(root):
    count = 0
    for name, path in files(root):
        count += 1
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not any(LICENCE in line for line in lines[:3]):
            yield f"{name}:1: says no licence"
        if len(lines) > LONGEST:
            yield f"{name}: has {len(lines)} lines, more than {LONGEST}"
        if not text.endswith("\n"):
            yield f"{name}: does not end in a newline"
        for number, line in enumerate(lines, 1):
            if "\t" in line[:len(line) - len(line.lstrip())]:
                yield f"{name}:{number}: is indented by a tab"
            if line != line.rstrip():
                yield f"{name}:{number}: ends in a space"
            if UNFINISHED.search(line):
                yield f"{name}:{number}: marks unfinished work"
    if count == 0:
        yield f"{root}: no source file found"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(breaches(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
