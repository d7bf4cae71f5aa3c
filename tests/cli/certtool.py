#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates, containers and lists of another maker, GnuTLS's certtool, judged by the built program: certtool.py
BUILD-FOLDER. A chain that is sound, one that is too deep, one that ended, one that was taken back, and every container."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PASSWORD = "Peer-5521"
AT = "2026-06-01"
CA = "ca\ncert_signing_key\ncrl_signing_key\n"
LEAF = "signing_key\nnonrepudiation\n"
END = "2059-12-31 23:59:59"  # behind 2049: GeneralizedTime, as RFC 5280 4.1.2.5 wants


class Peer:
    def __init__(self, program, folder):
        self.program, self.folder, self.serial = str(program), pathlib.Path(folder), 0x7FA0000000000001

    def certtool(self, *words):
        subprocess.run(["certtool", *map(str, words)], check=True, capture_output=True, cwd=self.folder)

    def issue(self, name, issuer, usage, end=END, path_length=None):
        """NAME.pem and NAME.key, signed by issuer or by itself."""
        self.serial += 1
        lines = [f'cn = "{name}"', 'organization = "测试单位"', "country = CN", f"serial = {self.serial:#x}",
                 'activation_date = "2025-01-01 00:00:00"', f'expiration_date = "{end}"', usage]
        lines += [f"path_len = {path_length}"] if path_length is not None else []
        (self.folder / "template").write_text("\n".join(lines))
        self.certtool("--generate-privkey", "--key-type", "rsa", "--bits", 2048, "--outfile", f"{name}.key")
        words = ["--template", "template", "--load-privkey", f"{name}.key", "--outfile", f"{name}.pem"]
        if issuer:
            words += ["--load-ca-certificate", f"{issuer}.pem", "--load-ca-privkey", f"{issuer}.key"]
        self.certtool("--generate-certificate" if issuer else "--generate-self-signed", *words)

    def join(self, name, *parts):
        (self.folder / name).write_bytes(b"".join((self.folder / f"{part}.pem").read_bytes() for part in parts))

    def judge(self, name, *options, secret=None):
        """The one certificate's facts and, by rung, what was found of it."""
        read, write = os.pipe()
        os.write(write, (secret or "").encode() + b"\n")
        os.close(write)
        words = [self.program, "check-cert", "--format", "json", "--at", AT, *map(str, options)]
        words += ["--password-fd", str(read)] if secret else []
        done = subprocess.run([*words, self.folder / name], stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              timeout=60, pass_fds=[read])
        os.close(read)
        subjects = [one for one in json.loads(done.stdout)["subjects"] if one["kind"] == "certificate"]
        assert len(subjects) == 1, done.stdout
        return subjects[0], {one["rung"]: one for one in subjects[0]["findings"]}


def is_sound(found):
    passed = ("cert.readable", "cert.dates", "cert.chain", "cert.signature", "cert.usage", "cert.strength")
    return all(found[rung]["outcome"] == "passed" for rung in passed)


def test_chain(peer):
    peer.issue("root", None, CA, path_length=1)
    peer.issue("sub", "root", CA, path_length=0)
    peer.issue("leaf", "sub", LEAF)
    peer.join("chain.pem", "leaf", "sub")
    subject, found = peer.judge("chain.pem", "--trust", peer.folder / "root.pem")
    assert is_sound(found) and found["cert.chain"]["evidence"]["issuers"] == 2, found
    assert subject["facts"]["serial"] == f"{peer.serial:x}" and subject["facts"]["not_after"] == "2059-12-31T23:59:59Z", subject
    _, found = peer.judge("leaf.pem", "--trust", peer.folder / "root.pem")
    assert found["cert.chain"]["evidence"]["reason"] == "issuer-missing", found


def test_too_deep(peer):
    peer.issue("short", None, CA, path_length=0)
    peer.issue("below", "short", CA)
    peer.issue("deep", "below", LEAF)
    trust = ("--trust", peer.folder / "short.pem", "--trust", peer.folder / "below.pem")
    # Whoever trusts the CA below itself does not go further up.
    assert is_sound(peer.judge("deep.pem", *trust)[1])
    peer.join("both.pem", "deep", "below")
    _, found = peer.judge("both.pem", *trust[:2])
    assert found["cert.chain"]["outcome"] == "failed" and found["cert.chain"]["evidence"]["reason"] == "path-length", found


def test_ended(peer):
    peer.issue("ended", "sub", LEAF, end="2026-01-31 23:59:59")
    _, found = peer.judge("ended.pem")
    assert found["cert.dates"]["outcome"] == "failed" and found["cert.dates"]["evidence"]["days_past"] > 0, found


def test_taken_back(peer):
    crl = ("--load-ca-certificate", "sub.pem", "--load-ca-privkey", "sub.key", "--template", "crl.template")
    (peer.folder / "crl.template").write_text('crl_number = 5\ncrl_this_update_date = "2026-05-31 00:00:00"\n'
                                              'crl_next_update_date = "2026-06-30 00:00:00"\n')
    peer.certtool("--generate-crl", *crl, "--load-certificate", "ended.pem", "--outfile", "other.crl")
    peer.certtool("--generate-crl", *crl, "--load-certificate", "leaf.pem", "--outfile", "own.crl")
    trust = ("--trust", peer.folder / "sub.pem")
    for listed, outcome in (("other.crl", "passed"), ("own.crl", "failed")):
        _, found = peer.judge("leaf.pem", *trust, "--crl", peer.folder / listed)
        assert found["cert.revocation"]["outcome"] == outcome, (listed, found["cert.revocation"])


def test_containers(peer):
    peer.certtool("--certificate-info", "--infile", "leaf.pem", "--outder", "--outfile", "leaf.der")
    peer.certtool("--to-p12", "--load-certificate", "leaf.pem", "--load-privkey", "leaf.key", "--p12-name", "leaf",
                  "--password", PASSWORD, "--outder", "--outfile", "leaf.p12")
    peer.certtool("--p7-generate", "--load-certificate", "chain.pem", "--outfile", "chain.p7b")
    for name in ("leaf.der", "leaf.p12", "chain.pem", "chain.p7b"):
        trust = peer.folder / ("root.pem" if name.startswith("chain") else "sub.pem")
        subject, found = peer.judge(name, "--trust", trust, secret=PASSWORD)
        assert is_sound(found) and subject["facts"]["serial"] == "7fa0000000000004", (name, subject)


def main():
    program = pathlib.Path(sys.argv[1], "scca-doctor").resolve()
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(program, folder)
        for name, test in list(globals().items()):
            if name.startswith("test_"):
                test(peer)
                print(f"ok {name}", flush=True)


main()
