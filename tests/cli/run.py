#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the behaviour files of this folder on the built program.

A file is a story in lines:

    # a comment
    key NAME FAULT…              a software key with these faults, as $NAME (its folder)
    file NAME CONTENT            a small file, as $NAME (its path); escapes as in Python
    $ COMMAND -> exit N          a shell command, and the status it must end with
    stdout: TEXT                 must stand in the last command's standard output
    stderr: TEXT                 … or standard error; "stdout-not:" and "stderr-not:" must not
    stdout-is: TEXT              is all there is, but for the end of the line
    json: PATH = VALUE           the JSON on standard output has this value there, e.g. .root_causes = ["pin-locked"]
    finding: RUNG OUTCOME FAQ KEY=VALUE…   a finding of the report; "-" for no FAQ id; evidence as text

$MODULE is the software key's module, $BUILD the build folder, $TMP a folder of the story's own. Whatever JSON of the program
is printed must follow the schema.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import json_schema


class Failure(Exception):
    pass


def value_at(document, path):
    for key in re.findall(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]", path):
        document = document[key[0]] if key[0] else document[int(key[1])]
    return document


class Story:
    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.schema = json_schema.Schema(build)
        self.last = None
        self.environment = {
            "PATH": f"{build}:{os.environ['PATH']}", "HOME": folder, "TMP": folder, "BUILD": build, "LANG": "zh_CN.UTF-8",
            "MODULE": f"{build}/libscca-softkey.so", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}

    def run(self, line):
        if line.startswith("key "):
            return self.make_key(*line.split()[1:])
        if line.startswith("file "):
            _, name, content = line.split(" ", 2)
            path = pathlib.Path(self.folder, name)
            path.write_bytes(content.encode().decode("unicode_escape").encode("latin-1"))
            self.environment[name] = str(path)
            return None
        if line.startswith("$ "):
            command, _, status = line[2:].rpartition(" -> exit ")
            return self.execute(command, int(status))
        kind, _, text = line.partition(": ")
        return self.compare(kind, text)

    def make_key(self, name, *faults):
        folder = f"{self.folder}/{name}"
        words = [f"{self.build}/scca-softkey", "make", folder]
        for fault in faults:
            words += ["--fault", fault]
        subprocess.run(words, check=True, capture_output=True, env=self.environment)
        self.environment[name] = folder

    def execute(self, command, status):
        self.last = subprocess.run(["bash", "-c", command], env=self.environment, capture_output=True, cwd=self.folder,
                                   stdin=subprocess.DEVNULL, timeout=120)
        if self.last.returncode != status:
            raise Failure(f"exit {self.last.returncode}, not {status}\n--- stdout\n{self.text('stdout')}"
                          f"\n--- stderr\n{self.text('stderr')}")
        wrong = self.schema.wrong_with(self.text("stdout"))
        if wrong:
            raise Failure(wrong)

    def text(self, stream):
        return getattr(self.last, stream).decode(errors="replace")

    def find(self, rung, outcome, faq, *evidence):
        for subject in json.loads(self.text("stdout"))["subjects"]:
            for finding in subject["findings"]:
                told = {f"{key}={value}" for key, value in finding["evidence"].items()}
                same = (finding["rung"], finding["outcome"], finding["faq"] or "-") == (rung, outcome, faq)
                if same and told.issuperset(evidence):
                    return
        raise Failure("no such finding in\n" + self.text("stdout"))

    def compare(self, kind, text):
        if kind == "finding":
            self.find(*text.split())
            return
        stream, _, mode = kind.partition("-")
        if stream == "json":
            path, _, wanted = text.partition(" = ")
            found = value_at(json.loads(self.text("stdout")), path)
            if found != json.loads(wanted.replace("$BUILD", self.build)):
                raise Failure(f"{path} is {json.dumps(found, ensure_ascii=False)}")
            return
        text = text.replace("\\n", "\n").replace("$TMP", self.folder).replace("$BUILD", self.build)
        found = self.text(stream)
        right = {"": text in found, "not": text not in found, "is": found.rstrip("\n") == text}[mode]
        if not right:
            raise Failure(f"{stream} is:\n{found}")


def main():
    build = sys.argv[1]
    failed = 0
    for name in sys.argv[2:]:
        with tempfile.TemporaryDirectory(prefix="scca-") as folder:
            story = Story(build, folder)
            for number, line in enumerate(pathlib.Path(name).read_text().splitlines(), 1):
                if not line.strip() or line.startswith("#"):
                    continue
                try:
                    story.run(line)
                except (Failure, KeyError, IndexError, TypeError, ValueError, subprocess.SubprocessError) as problem:
                    print(f"{name}:{number}: {line}\n{type(problem).__name__}: {problem}")
                    failed += 1
                    break
            else:
                print(f"ok   {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
