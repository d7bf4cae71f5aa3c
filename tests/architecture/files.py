#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says its licence in its first lines, is no longer than 400 lines, ends in a newline, is not indented by
# tabs, and has no space at a line end and no word that marks unfinished work. Leaves out what is built.
# Usage: files.py [ROOT]; prints one line a breach and exits 1 when there is one.

import pathlib
import re
import sys

LICENCE = "SPDX-License-Identifier: Apache-2.0"
CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".bash", ".fish", ".zsh"}
SCRIPTS = ("tools/", ".ci/")
NOT_OURS = (".git/", "build/", ".cache/")
LONGEST = 400
# Split, so that this file does not name itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def files(root):
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.startswith(NOT_OURS) or not path.is_file():
            continue
        if path.suffix in CODE or name.startswith(SCRIPTS):
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
