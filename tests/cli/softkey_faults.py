#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every fault of the software key leads to exactly its own FAQ id, and to no false second one.

With --trust DIR/ca the CAs are known, so that a forged certificate shows; without it a healthy key must be healthy all
the same. The expectation is the fault's own name: that is what naming it by its FAQ id means.
"""
import json
import os
import subprocess
import sys
import tempfile

import json_schema

# What a fault leads to where that is not its own name.
OTHER_ID = {"cert-expired": "cert-expiring"}
# Where nobody supplied the CAs these cannot be seen: then the key looks healthy, and nothing else may be claimed.
NEEDS_TRUST = {"cert-forged", "ca-expired"}
# Seen only when the key is asked to sign; a plain check sends no PIN, and finds nothing.
NEEDS_PIN = {"pin-wrong", "sign-operation-failed"}
# The PIN that scca-softkey tells when it makes a key.
PIN = b"135790"
# Faults whose finding must be `failed`; the others warn.
FAILED = {"cert-expired", "cert-not-yet-valid", "pin-locked", "key-blank", "cert-not-found", "cert-pair-incomplete",
          "cert-key-mismatch", "cert-forged", "cert-unreadable", "seal-expired", "seal-not-yet-valid",
          "seal-cert-replaced", "seal-key-mismatch", "seal-tampered", "seal-unreadable", "pin-wrong",
          "sign-operation-failed"}


def fault_names(build):
    listed = subprocess.run([f"{build}/scca-softkey", "faults"], check=True, capture_output=True, text=True).stdout
    return [line.split()[0] for line in listed.splitlines() if line and not line.startswith((" ", "#"))]


def check(build, schema, key, *options):
    environment = dict(os.environ, SCCA_SOFTKEY_DIR=key)
    done = subprocess.run([f"{build}/scca-doctor", "check", "--format", "json", "--module", f"{build}/libscca-softkey.so",
                           *options], input=PIN, capture_output=True, env=environment, timeout=60)
    wrong = schema.wrong_with(done.stdout.decode())
    assert wrong is None, wrong
    return done.returncode, json.loads(done.stdout)


def outcomes(report, faq):
    return {finding["outcome"] for subject in report["subjects"] for finding in subject["findings"] if finding["faq"] == faq}


def problems_of(build, schema, key, fault):
    wanted = OTHER_ID.get(fault, fault)
    for options in ([], ["--trust", f"{key}/ca"]):
        if fault in NEEDS_PIN and options:
            options = options + ["--sign-test", "--pin-fd", "0"]
        status, report = check(build, schema, key, *options)
        seen = options or fault not in NEEDS_TRUST | NEEDS_PIN
        expected = ([wanted], 1, "findings") if seen else ([], 0, "healthy")
        found = (report["root_causes"], status, report["verdict"])
        if found != expected:
            yield f"{fault} {' '.join(options)}: {found}, expected {expected}"
        elif seen and outcomes(report, wanted) != {"failed" if fault in FAILED else "warned"}:
            yield f"{fault}: outcomes {outcomes(report, wanted)}"


def try_every_fault(build, problems, success):
    """`problems(key, fault, folder)` of a key with each fault, printed; the exit status."""
    failures = []
    with tempfile.TemporaryDirectory(prefix="scca-") as folder:
        names = fault_names(build)
        for fault in names:
            key = f"{folder}/{fault}"
            subprocess.run([f"{build}/scca-softkey", "make", key, "--fault", fault], check=True, capture_output=True)
            failures += problems(key, fault, folder)
    print("\n".join(failures) or f"{len(names)} faults, {success}")
    return 1 if failures or len(names) < 20 else 0


def main():
    build = sys.argv[1]
    schema = json_schema.Schema(build)
    return try_every_fault(build, lambda key, fault, _: problems_of(build, schema, key, fault), "each its own FAQ id")


if __name__ == "__main__":
    sys.exit(main())
