#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every command of the README as it stands there: each line of each ```sh block, in a folder that holds the files
that the README speaks of, with a healthy software key plugged in. A block that cannot be run here says ```sh not-run,
and there may be one such block only: what this test and the CI machine start themselves.

usage: readme_test.py BUILD README"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MESSAGE = "签章软件未识别到USB-KEY\n"
# Commands that end with 1 because of what they find, besides those that are well.
FINDS = {
    "SCCA_SOFTKEY_DIR=~/broken scca-doctor check --module build/release/libscca-softkey.so": 1,
    "scca-doctor check --no-key": None,  # this machine is as it is
}
MOST_NOT_RUN = 1


def blocks_of(text):
    """(info string, lines) of each fenced block."""
    return [(info, body.splitlines()) for info, body in re.findall(r"^```(\S[^\n]*)\n(.*?)^```$", text, re.M | re.S)]


def commands_of(lines):
    for line in lines:
        command = re.sub(r"\s{2,}# .*|\s+#\s.*", "", line).strip()
        if command:
            yield command


class Folder:
    """Everything that the README names, at the place where it names it."""

    def __init__(self, build, readme, folder):
        self.folder = pathlib.Path(folder)
        self.environment = {
            "PATH": f"{build}:/usr/bin:/bin", "HOME": folder, "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8",
            "SCCA_SOFTKEY_DIR": str(self.folder / "key"), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        subprocess.run([build / "scca-softkey", "make", self.folder / "key"], check=True, capture_output=True)
        (self.folder / "build").mkdir()
        (self.folder / "build" / "release").symlink_to(build)
        (self.folder / "share").symlink_to(readme.parent / "share")
        for name in ("驱动文件.so", "libkey.so"):
            (self.folder / name).symlink_to(build / "libscca-softkey.so")
        (self.folder / "application.log").write_text("09:00:00 ERROR SKF_VerifyPIN returned 0x0A000025\n")
        (self.folder / "ca").symlink_to(self.folder / "key" / "ca")
        for name, pattern in (("certificates", "*.crt"), ("archive", "*.esl")):
            (self.folder / name).mkdir()
            for path in (self.folder / "key" / "devices").rglob(pattern):
                shutil.copy(path, self.folder / name)
        shutil.copy(build / "tests" / "fixtures" / "seal_cases" / "documents" / "sound-v4.ofd", self.folder / "document.ofd")

    def run(self, command):
        """What is wrong with it, or None."""
        before = set(self.folder.rglob("*"))
        ran = subprocess.run(["bash", "-c", command], input=MESSAGE, env=self.environment, cwd=self.folder, text=True,
                             capture_output=True, timeout=120, check=False)
        wanted = FINDS.get(command, 0)
        if wanted is not None and ran.returncode != wanted:
            return f"ended with {ran.returncode}, not {wanted}\n{ran.stdout}{ran.stderr}"
        if ran.stderr:
            return f"wrote to standard error: {ran.stderr}"
        # Something must come of it: words, or a file.
        if not ran.stdout and ">" not in command and set(self.folder.rglob("*")) == before:
            return "wrote nothing"
        return None


def main():
    build, readme = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    blocks = blocks_of(readme.read_text(encoding="utf-8"))
    failed = 0
    left_out = sum(info == "sh not-run" for info, _ in blocks)
    if left_out > MOST_NOT_RUN or any(info not in ("sh", "sh not-run") for info, _ in blocks):
        print(f"{left_out} blocks are not run, {MOST_NOT_RUN} may be; the others say sh: {[info for info, _ in blocks]}")
        failed += 1
    commands = [command for info, lines in blocks if info == "sh" for command in commands_of(lines)]
    with tempfile.TemporaryDirectory(prefix="scca-") as scratch:
        folder = Folder(build, readme, scratch)
        for command in commands:
            problem = folder.run(command)
            if problem:
                print(f"$ {command}\n{problem}")
                failed += 1
    print(f"{len(commands)} commands, {failed} wrong")
    return 1 if failed or len(commands) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
