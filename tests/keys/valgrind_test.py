#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A whole check with a signature test, in which neither program nor the host reads or writes what is not its own."""
import sys

from doctor import Failure, expect, main


def clean(doctor):
    """valgrind finds nothing in a check with a signature test, of a good key and of one that is full of faults"""
    # Into files: what the host prints is the doctor's.
    doctor.runner = [sys.argv[2], "-q", "--trace-children=yes", f"--log-file={doctor.folder}/said.%p"]
    for options, status in (((), 0), (("--fault", "cert-unreadable", "--fault", "seal-unreadable"), 1)):
        key = doctor.make_key("key", *options)
        answer = doctor.run("check", "--format", "json", "--timeout", "120", "--module", doctor.module, "--sign-test",
                            pin="135790", SCCA_SOFTKEY_DIR=key)
        expect(answer.status, status, answer.err)
    said = [path.read_text() for path in doctor.folder.glob("said.*")]
    # The doctor and the host of a look for each key, and the host of a signature for the good one.
    expect(len(said) >= 5, True, f"{len(said)} processes were watched")
    for one in filter(None, said):
        raise Failure(one[:3000])


if __name__ == "__main__":
    sys.exit(main([clean], sys.argv[1]))
