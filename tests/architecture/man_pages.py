#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# The further man pages agree with the program: the page of each command has the options and values that its --help has,
# the Chinese page all of them, and the page on JSON names the members that the schema has, and no others.
# Usage: man_pages.py PROGRAM MAN-FOLDER SCHEMA; MAN-FOLDER as built. Prints each disagreement and exits 1 when there is one.

import json
import pathlib
import re
import sys

import words_agree


def words_of_command_page(page, command):
    words = words_agree.Words()
    words.options[command] = set()
    for line in page.read_text(encoding="utf-8").splitlines():
        if line == ".Op Ar path ...":
            words.options[command].add(words_agree.PATHS)
        elif line.startswith(".It Fl "):
            names = ["-" + name for name in re.findall(r"Fl (\S+)", line)]
            words.options[command].update(names)
            values = re.search(r" Cm (.+ \| .+)$", line)
            if values:
                words.values[command, names[-1]] = set(values[1].split(" | "))
    return words


def only(words, command):
    part = words_agree.Words()
    part.options[command] = words.options[command]
    part.values = {key: values for key, values in words.values.items() if key[0] == command}
    return part


def members(schema, prefix=""):
    """The names of an object's members, and those of the objects and lists of objects in it, joined by dots."""
    for name, member in schema.get("properties", {}).items():
        yield prefix + name
        yield from members(member.get("items", member), f"{prefix}{name}.")


def members_of_page(page):
    named, holder = {}, None
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith(".S"):
            holder = line[4:] if line.startswith(".Ss ") else None
        elif holder and line.startswith(".It Va "):
            named.setdefault(holder, set()).add(line[7:])
    return named


def members_of_schema(schema):
    named = {}
    for name, definition in schema["$defs"].items():
        found = set(members(definition))
        if found:
            named[name.removesuffix("_members").replace("_", " ")] = found
    return named


def json_differences(page, schema):
    written, real = members_of_page(page), members_of_schema(schema)
    for holder in sorted(written.keys() | real.keys()):
        for name in sorted(written.get(holder, set()) ^ real.get(holder, set())):
            has = "the schema" if name in real.get(holder, ()) else page.name
            yield f"{name} of {holder}: only {has} has it"


def main():
    program, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    schema = json.loads(pathlib.Path(sys.argv[3]).read_text(encoding="utf-8"))
    spoken = words_agree.words_of_help(program)
    found = list(words_agree.differences(("--help", "the Chinese page"), spoken,
                                         words_agree.words_of_man(folder / "zh_CN" / "scca-doctor.1")))
    for command in sorted(spoken.commands()):
        page = folder / f"scca-doctor-{command}.1"
        found += words_agree.differences(("--help", page.name), only(spoken, command), words_of_command_page(page, command))
    found += json_differences(folder / "scca-doctor-json.5", schema)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
