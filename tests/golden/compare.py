#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compares what was made with the golden files, octet by octet but for the program's version.

usage: compare.py MADE GOLDEN [--update]

Every file of GOLDEN must have its like in MADE. --update rewrites the golden files from MADE, and only those that are
there: to add one, touch it and update. Read the difference before you commit it."""
import difflib
import pathlib
import re
import sys

VERSION = re.compile(rb'(scca-doctor |"version": ")[0-9]+\.[0-9]+\.[0-9]+')


def normal(octets):
    return VERSION.sub(rb"\g<1>VERSION", octets)


def show(name, golden, made):
    lines = [octets.decode("utf-8", "replace").splitlines(keepends=True) for octets in (golden, made)]
    sys.stdout.writelines(difflib.unified_diff(*lines, "golden/" + name, "made/" + name))


def main():
    made, golden = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    update = "--update" in sys.argv[3:]
    names = sorted(path.relative_to(golden) for path in golden.rglob("*") if path.is_file() and path.suffix != ".md")
    wrong = 0 if names else 1
    for name in names:
        if not (made / name).is_file():
            print("not made:", name)
            wrong += 1
            continue
        expected, found = (golden / name).read_bytes(), normal((made / name).read_bytes())
        if expected == found:
            continue
        if update:
            (golden / name).write_bytes(found)
            continue
        show(str(name), expected, found)
        wrong += 1
    print(f"{len(names)} golden files, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
