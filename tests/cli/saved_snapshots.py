#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What was saved tells the same as the key itself: for every fault of the software key, with the CAs and without, a
snapshot with masked data and one without lead to the same root causes and to the same outcome of every rung.
"""
import json
import os
import subprocess
import sys
import time

from softkey_faults import try_every_fault

AT = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def run(build, key, *options):
    environment = dict(os.environ, SCCA_SOFTKEY_DIR=key)
    done = subprocess.run([f"{build}/scca-doctor", "check", "--format", "json", "--at", AT, *options], capture_output=True,
                          env=environment, timeout=60)
    if done.stderr:
        raise SystemExit(f"{options}: {done.stderr.decode()}")
    return done.returncode, json.loads(done.stdout)


def told(answer):
    """All but words that redaction may change: status, causes, and each subject's findings in their order."""
    status, report = answer
    subjects = [(subject["id"], subject["kind"], subject["facts"].get("sha256"),
                 [(finding["rung"], finding["outcome"], finding["faq"], finding["blocked_by"], finding["duration_ms"])
                  for finding in subject["findings"]]) for subject in report["subjects"]]
    return status, report["verdict"], report["root_causes"], subjects


def problems_of(build, key, fault, folder):
    for trust in ([], ["--trust", f"{key}/ca"]):
        masked, open_one = f"{folder}/masked.json", f"{folder}/open.json"
        live = run(build, key, "--module", f"{build}/libscca-softkey.so", "--no-redact", "--save", open_one, *trust)
        again = run(build, "/nonexistent", "--from", open_one, "--save", masked)
        for name, answer in (("unmasked", again), ("masked", run(build, "/nonexistent", "--from", masked))):
            if told(answer) != told(live):
                yield f"{fault} {' '.join(trust)}: {name} says\n  {told(answer)}, live\n  {told(live)}"
            if answer[1]["from"]["redacted"] != (name == "masked"):
                yield f"{fault}: {name} says {answer[1]['from']}"


def main():
    build = sys.argv[1]
    return try_every_fault(build, lambda *key_fault_folder: problems_of(build, *key_fault_folder), "told alike from a file")


if __name__ == "__main__":
    sys.exit(main())
