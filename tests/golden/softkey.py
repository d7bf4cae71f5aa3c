#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every format over every fault of the software key, with all that changes from run to run written as a word.

usage: softkey.py BUILD FOLDER

FOLDER gets one file a format, in which each fault has a section, for compare.py; and below FOLDER/raw/ every output as it
was written, for foreign readers. Keys are made, and judged, as of one moment. Rungs about the machine are left out."""
import concurrent.futures
import fcntl
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from softkey_faults import NEEDS_PIN, PIN

MOMENT = "2026-11-22T04:00:00Z"
TEXTS = {"text.60.txt": (60, "zh"), "text.80.txt": (80, "zh"), "text.200.txt": (200, "zh"), "text.en.txt": (80, "en")}
OTHERS = {"json": "check", "ndjson": "check", "csv": "check-cert", "nagios": "check", "prom": "check", "html": "check"}
FORMAT_OF = {"prom": "prometheus"}

# The time that a check takes is the machine's; a signature in DER is an octet or two longer or shorter, and the calls made
# for it one more or fewer. The numbers stay numbers, for those who read them.
COUNTED = re.compile(rb'("(?:duration_ms|calls)": ?)\d+')
# Keys, numbers and signatures are made afresh for each key.
CHANGING = [(re.compile(pattern), word) for pattern, word in (
    (rb"\b[0-9a-f]{64}\b", b"SHA256"), (rb"\b(?:[0-9a-f]{2} ){15}[0-9a-f]{2}\b", b"SERIAL"), (rb"\b[0-9a-f]{32}\b", b"SERIAL"),
    (rb"\(number-\d+\)", b"(SERIAL)"),  # one in a hundred has a telephone number in it, and is masked in a sentence
    ("第 \\d+ 字节".encode(), "第 OFFSET 字节".encode()), (rb'(at byte|"offset":) ?\d+', rb"\1 OFFSET"),
    (rb"TRAINING-[0-9A-F]{8}", b"TRAINING-NUMBER"),
    (rb"(scca_(?:run_duration_seconds|last_run_timestamp_seconds)) \S+", rb"\1 NUMBER"),
    (rb"(?s)<style>.*?</style>", b"<style>STYLE</style>"), (rb"base64,[A-Za-z0-9+/=]+", b"base64,PICTURE"))]


def normal(octets):
    for pattern, word in CHANGING:
        octets = pattern.sub(word, octets)
    return octets


def run(words, environment, folder):
    return subprocess.run(words, env=environment, cwd=folder, input=PIN, capture_output=True, timeout=60, check=False).stdout


def run_on_terminal(words, columns, environment, folder):
    """Standard output is a terminal of so many columns, which alone decides the width. The PIN, for who asks, is a line
    on standard input."""
    reader, writer = pty.openpty()
    try:
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("4H", 50, columns, 0, 0))
        program = subprocess.Popen(words, env=environment, cwd=folder, stdin=subprocess.PIPE, stdout=writer,
                                   stderr=subprocess.DEVNULL)
        with program.stdin as pipe:
            pipe.write(PIN)
    finally:
        os.close(writer)
    output = b""
    try:
        while piece := os.read(reader, 65536):
            output += piece
    except OSError:
        pass  # how Linux says that the last writer has gone
    os.close(reader)
    program.wait(timeout=60)
    return output.replace(b"\r\n", b"\n")


class Bench:
    def __init__(self, build):
        self.build = pathlib.Path(build).resolve()
        listing = run([self.build / "scca-doctor", "check", "--list-checks"], os.environ, self.build).decode()
        rungs = [line.split()[0] for line in listing.splitlines() if line.startswith(("machine.", "reader."))]
        self.left_out = [word for rung in rungs for word in ("--skip", rung)]
        faults = run([self.build / "scca-softkey", "faults"], os.environ, self.build).decode()
        self.faults = [None] + [line.split()[0] for line in faults.splitlines()]

    def outputs_of(self, fault):
        """File name to what was written, for one fault."""
        with tempfile.TemporaryDirectory(prefix="scca-") as scratch:
            key, fresh = f"{scratch}/key", f"{scratch}/fresh"
            self.make_key(fresh, fault)
            environment = {**os.environ, "SCCA_SOFTKEY_DIR": key, "LC_ALL": "C.UTF-8", "TERM": "xterm"}
            asked = ["--sign-test", "--pin-fd", "0"] if fault in NEEDS_PIN else []
            common = ["--module", "./libscca-softkey.so", "--at", MOMENT, "--trust", f"{key}/ca", *self.left_out]
            made = {}
            for name in (*TEXTS, *OTHERS):
                # A wrong PIN costs the key a try, so that each output is of the key as it was made.
                shutil.rmtree(key, ignore_errors=True)
                shutil.copytree(fresh, key)
                command = OTHERS.get(name, "check")
                words = [self.build / "scca-doctor", command, *common, *(asked if command == "check" else [])]
                if name in TEXTS:
                    columns, lang = TEXTS[name]
                    words += ["--color", "never", "--lang", lang]
                    made[name] = run_on_terminal(words, columns, environment, self.build)
                else:
                    words += ["--format", FORMAT_OF.get(name, name), "--lang", "zh"]
                    made[name] = run(words, environment, self.build)
            return {name: COUNTED.sub(rb"\g<1>0", output.replace(key.encode(), b"KEY")) for name, output in made.items()}

    def make_key(self, folder, fault):
        words = [self.build / "scca-softkey", "make", folder, "--at", MOMENT, *(("--fault", fault) if fault else ())]
        subprocess.run(words, check=True, capture_output=True)


def main():
    bench, folder = Bench(sys.argv[1]), pathlib.Path(sys.argv[2])
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        every = list(workers.map(bench.outputs_of, bench.faults))
    for name in every[0]:
        sections = b""
        for fault, outputs in zip(bench.faults, every):
            title = fault or "healthy"
            sections += f"======== {title}\n".encode() + normal(outputs[name])
            (folder / "raw" / f"{title}.{name}").write_bytes(outputs[name])
        (folder / name).write_bytes(sections)


if __name__ == "__main__":
    sys.exit(main())
