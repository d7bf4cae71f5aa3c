#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# What scca-doctor says of itself, its man page and its three completions agree: each command, each option of each
# command and each fixed value that one of them knows, all of them know. The completions are asked in the real shells.
# Usage: words_agree.py PROGRAM MAN-PAGE [COMPLETIONS]; prints each disagreement and exits 1 when there is one. Without
# completions, only the options of the whole program are compared with the page.

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import shells

OPTION = re.compile(r"(?<![\w-])(--?[A-Za-z][\w-]*)")
VALUES = re.compile(r"\w+(?:\|\w+)+")
PATHS = "PATH…"
START = ""
FILE = "letter.cer"


def answer_of(program, *arguments):
    answer = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20,
                            env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    if answer.returncode != 0 or answer.stderr:
        raise SystemExit(f"{' '.join(arguments)} ended with {answer.returncode}: {answer.stderr}")
    return answer.stdout


class Words:
    """What one source knows: the options of each command (START is the program itself) and, for a command and an option
    of it, the values that it takes there."""

    def __init__(self):
        self.options = {START: set()}
        self.values = {}

    def commands(self):
        return set(self.options) - {START}


def words_of_help(program):
    """An indented line that begins with an option tells of it, up to the first wide gap; one that begins with a word
    and a wide gap names a command."""
    words = Words()
    texts = {START: answer_of(program, "--help")}
    for command in re.findall(r"^ +([a-z][a-z-]*)  ", texts[START], re.MULTILINE):
        texts[command] = answer_of(program, command, "--help")
    for command, text in texts.items():
        known = words.options.setdefault(command, set())
        if command and "PATH" in text.split("\n\n")[0]:
            known.add(PATHS)
        for line in text.splitlines():
            column = re.split(r"\s{2,}", line.strip())[0]
            if column.startswith("-") and OPTION.match(column):
                names = OPTION.findall(column)
                known.update(names)
                values = VALUES.search(column)
                if values:
                    words.values[command, names[-1]] = set(values[0].split("|"))
    return words


# Headings of the man page's OPTIONS that are no list of commands, and what the Chinese page calls its sections.
OWNERS = {"Without a command": lambda words: [START], "Every command": lambda words: words.commands()}
CHINESE = {"说明": "DESCRIPTION", "选项": "OPTIONS", "不带命令时": "Without a command", "所有命令": "Every command"}


def words_of_man(page):
    """Commands are the items of DESCRIPTION; options those of OPTIONS, whose subsections say for which commands."""
    words = Words()
    section, holders = "", ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith(".Sh "):
            section = CHINESE.get(line[4:], line[4:])
        elif line.startswith(".Ss "):
            holders = CHINESE.get(line[4:], line[4:])
        elif section == "DESCRIPTION" and line.startswith(".It Cm "):
            words.options[line.split()[2]] = {PATHS} if line.endswith(" Ar path ...") else set()
        elif section == "OPTIONS" and line.startswith(".It Fl "):
            names = ["-" + name for name in re.findall(r"Fl (\S+)", line)]
            for owner in OWNERS.get(holders, lambda words: holders.split(", "))(words):
                words.options[owner].update(names)
                values = re.search(r" Cm (.+ \| .+)$", line)
                if values:
                    words.values[owner, names[-1]] = set(values[1].split(" | "))
    return words


def words_of_shell(ask, completions, program, spoken, home):
    """Asks for what the others speak of: the commands, then each command's options, then each option's values."""
    (home / FILE).write_text("")
    lines = ["scca-doctor "]
    lines += [f"scca-doctor {command} {start}" for command in spoken.commands() for start in ("", "-", "--")]
    lines += ["scca-doctor -", "scca-doctor --"]
    lines += [f"scca-doctor {command} {option} " for command, option in spoken.values]
    offers = ask(completions, lines, home, program)

    words = Words()
    for command in offers["scca-doctor "]:
        words.options[command] = set()
    for command in set(spoken.options) & set(words.options):
        start = f"scca-doctor {command} " if command else "scca-doctor "
        words.options[command] = offers[start + "-"] | offers[start + "--"]
        if command and FILE in offers[start]:
            words.options[command].add(PATHS)
    for command, option in spoken.values:
        words.values[command, option] = offers[f"scca-doctor {command} {option} "]
    return words


def differences(names, one, other):
    for command in sorted(one.commands() ^ other.commands()):
        yield f"the command {command}: only {names[0] if command in one.options else names[1]} has it"
    for command in sorted(set(one.options) & set(other.options)):
        for option in sorted(one.options[command] ^ other.options[command]):
            has = names[0] if option in one.options[command] else names[1]
            yield f"{option} of {command or 'the program'}: only {has} has it"
    for holder in sorted(set(one.values) | set(other.values)):
        found = [sorted(words.values.get(holder, ())) for words in (one, other)]
        if found[0] != found[1]:
            yield f"values of {' '.join(holder)}: {names[0]} {found[0]}, {names[1]} {found[1]}"


def shell_differences(program, completions, spoken):
    for name, ask in shells.SHELLS.items():
        with tempfile.TemporaryDirectory() as home:
            offered = words_of_shell(ask, completions, program, spoken, pathlib.Path(home))
            yield from differences(("--help", name), spoken, offered)
        with tempfile.TemporaryDirectory() as home:
            yield from behaviour(name, ask, completions, program, pathlib.Path(home))


def behaviour(name, ask, completions, program, home):
    """What a completion does besides naming words: ids come from the program, files where a path belongs."""
    (home / FILE).write_text("")
    questions = {
        "scca-doctor explain --id cert-exp": {"cert-expiring"},
        "scca-doctor check --only cert.da": {"cert.dates"},
        "scca-doctor check --fail-on ne": {"never"},
        "scca-doctor explain --id cert.da": {"cert.dates"},
        "scca-doctor chec": {"check", "check-cert", "check-key", "check-seal"},
        "scca-doctor check --module let": {FILE},
        "scca-doctor check --lang en --format j": {"json"},
        "scca-doctor check --timeout ": set(),
        "scca-doctor check-seal --picture let": {FILE},
        "scca-doctor check-cert --files0-from let": {FILE},
        "scca-doctor check-cert --jobs ": set(),
        "scca-doctor check-cert --password-fd ": set(),
        # Options may follow a path, and another path too.
        "scca-doctor check-cert other.cer --format cs": {"csv"},
        "scca-doctor check-cert --jobs 2 other.cer let": {FILE},
        # Only folders are offered where a folder belongs.
        "scca-doctor check --sysfs-root let": set(),
        # After the first word of the text nothing is an option.
        "scca-doctor explain error --": set(),
    }
    offers = ask(completions, list(questions), home, program)
    for line, expected in questions.items():
        if not offers[line] >= expected or (not expected and offers[line]):
            yield f"{name} offers {sorted(offers[line])} for '{line}', not {sorted(expected)}"


def plain_differences(program, page):
    """For a small program with one page of help: the options that lines of it begin with."""
    spoken = {name for line in answer_of(program, "--help").splitlines() if line.lstrip().startswith("-")
              for name in OPTION.findall(line)}
    written = {"-" + name for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(".It Fl ")
               for name in re.findall(r"Fl (\S+)", line)}
    for option in sorted(spoken ^ written):
        yield f"{option}: only {'--help' if option in spoken else 'the man page'} has it"


def scca_doctor_differences(program, page, completions):
    spoken = words_of_help(program)
    if len(spoken.commands()) < 2:
        raise SystemExit(f"--help names too few commands: {spoken.commands()}")
    yield from differences(("--help", "the man page"), spoken, words_of_man(page))
    yield from shell_differences(program, completions, spoken)


def main():
    program, page = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    if len(sys.argv) > 3:
        found = list(scca_doctor_differences(program, page, pathlib.Path(sys.argv[3]).resolve()))
    else:
        found = list(plain_differences(program, page))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
