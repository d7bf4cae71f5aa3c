#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A batch with --online: each address is asked once, and a server that is silent costs one timeout: batch_test.py BUILD-FOLDER.

Hundreds of certificates in files, servers on loopback that count what they are asked.
"""
import base64
import contextlib
import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

from authority import Authority, openssl
from revocation_test import BUILD, GOOD, HELD, REVOKED, Doctor
from servers import Silence, Site, answer_by_file, enter_own_network

# Of a process that is small itself: what it starts has been as large as it.
MEASURE = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"""
FIRST, COUNT, COPIES = 0x2000, 30, 8  # as many as several workers take at once


class Slow(dict):
    """Files that take a while, so that more than one worker wants the same one."""

    def get(self, path):
        time.sleep(0.5)
        return super().get(path)


class Sometimes(dict):
    """Files of a server that says nothing for a while when it is asked for /silent."""

    def get(self, path):
        if path == "/silent":
            time.sleep(3)
        return super().get(path.partition("?")[0])


def wait_until(holds):
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come")


def children_of(parent):
    """The processes that this one has started and that still run."""
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, number = path.read_text().rpartition(") ")[2].split()[:2]
            if int(number) == parent and state != "Z":
                yield int(path.parent.name)


def adopt_orphans(wanted):
    """Whether a process whose parent is gone becomes ours (PR_SET_CHILD_SUBREAPER), and stays until we look."""
    if ctypes.CDLL(None, use_errno=True).prctl(36, int(wanted), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


class Batch(Doctor):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.ca.crl("fresh").read_bytes()
        cls.wanted = cls.ca.request(cls.container / "sign.key", "/C=CN/O=练习单位/CN=练习单位")

    def setUp(self):
        self.batch = self.folder / self.id()
        self.batch.mkdir()

    def put(self, serial, *urls, ocsp=(), issuer=()):
        """A file with a certificate that names these addresses."""
        access = [f"OCSP;URI:{url}" for url in ocsp] + [f"caIssuers;URI:{url}" for url in issuer]
        extensions = ["basicConstraints=CA:FALSE", "keyUsage=critical,digitalSignature"]
        extensions += ["crlDistributionPoints=" + ",".join(f"URI:{url}" for url in urls)] if urls else []
        extensions += ["authorityInfoAccess=" + ",".join(access)] if access else []
        self.ca.sign(self.wanted, self.batch / f"{serial:04x}.pem", extensions,
                     ("-CA", self.ca.certificate, "-CAkey", self.ca.key, "-set_serial", hex(serial)))

    def put_many(self, url_of, **how):
        """COUNT certificates of COUNT serial numbers, and COPIES of each."""
        for serial in range(FIRST, FIRST + COUNT):
            self.put(serial, url_of(serial), **how)
        for folder in range(1, COPIES):
            (self.batch / str(folder)).mkdir()
            for path in self.batch.glob("*.pem"):
                shutil.copy(path, self.batch / str(folder))

    def words(self, *options):
        words = [BUILD / "scca-doctor", "check-cert", "--format", "ndjson", "--online", "--only", "cert.revocation",
                 *options, self.batch]
        return list(map(str, words))

    def judge(self, *options, trust=True):
        """What is said of each certificate's revocation, by path."""
        words = self.words(*options)
        if trust:
            words += ["--trust", str(self.ca.certificate)]
        started = time.monotonic()
        done = subprocess.run(words, capture_output=True, timeout=60, check=False,
                              env={**os.environ, "no_proxy": "127.0.0.1"})
        self.seconds, self.status = time.monotonic() - started, done.returncode
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        found = {row["path"].removeprefix(f"{self.batch}/"): row["findings"][0]
                 for row in rows if row.get("kind") == "certificate"}
        self.assertEqual(len(found), len(list(self.batch.rglob("*.pem"))))
        return found

    def site(self, files=None, **how):
        return self.serve(Site({"/ca.crl": self.list} if files is None else files, **how))

    def test_a_list_is_fetched_once_for_all_and_says_of_each_what_is_right(self):
        site = self.site(Slow({"/ca.crl": self.list}))
        url = site.url("/ca.crl")
        self.put_many(lambda _: url)
        self.put(REVOKED, url)
        self.put(HELD, url)
        found = self.judge("--jobs", "4")
        self.assertEqual(site.asked, ["/ca.crl"])
        self.expect_one_revoked(found.pop(f"{REVOKED:04x}.pem"), reason="keyCompromise", source=url)
        self.expect_one_revoked(found.pop(f"{HELD:04x}.pem"), reason="certificateHold", source=url)
        for finding in found.values():
            self.assertEqual((finding["outcome"], finding["evidence"]["source"]), ("passed", url))

    def expect_one_revoked(self, finding, **evidence):
        self.expect_revoked(finding, kind="crl", **evidence)

    def test_a_silent_server_costs_one_timeout_whatever_is_wanted_from_it(self):
        silence = self.serve(Silence())
        self.put_many(lambda serial: f"{silence.url}{serial}.crl", ocsp=[silence.url])
        found = self.judge("--timeout", "2", "--jobs", "4")
        self.assertLess(self.seconds, 8)
        for finding in found.values():
            self.expect_unknown(finding, reason="no-answer", call="HTTP POST", deadline_ms=2000, source=silence.url)

    def test_what_a_silent_server_was_not_asked_for_is_told_as_what_it_was_asked_for(self):
        silence = self.serve(Silence())
        self.put_many(lambda serial: f"{silence.url}{serial}.crl")
        found = self.judge("--timeout", "1", "--jobs", "1")
        self.assertLess(self.seconds, 8)
        for path, finding in found.items():
            self.expect_unknown(finding, reason="no-answer", call="HTTP GET", deadline_ms=1000,
                                source=f"{silence.url}{int(path[-8:-4], 16)}.crl")
        self.assertEqual(len(silence.held), 1)

    def test_who_asks_a_server_is_a_program_of_its_own_and_gone_with_whoever_started_it(self):
        silence = self.serve(Silence())
        self.put(FIRST, f"{silence.url}ca.crl")
        # A descriptor of whoever called is no business of a program that talks to a stranger's server.
        with open(self.ca.certificate, "rb") as file, subprocess.Popen(
                self.words("--timeout", "30", "--trust", self.ca.certificate), pass_fds=[file.fileno()],
                stdout=subprocess.DEVNULL, env={**os.environ, "no_proxy": "127.0.0.1"}) as doctor:
            wait_until(lambda: silence.held)
            (child,) = children_of(doctor.pid)
            self.assertEqual(os.readlink(f"/proc/{child}/exe"), str(BUILD / "scca-fetch"))
            self.assertEqual(sorted(os.listdir(f"/proc/{child}/fd")), ["0", "1", "2", "3", "4"])
            doctor.kill()
        wait_until(lambda: not pathlib.Path(f"/proc/{child}/fd/4").exists())

    def test_who_interrupts_it_finds_no_process_left_behind(self):
        silence = self.serve(Silence())
        self.put(FIRST, f"{silence.url}ca.crl")
        shutil.copy(self.batch / f"{FIRST:04x}.pem", self.folder / "one.pem")
        adopt_orphans(True)
        self.addCleanup(adopt_orphans, False)
        for paths, sent in (([self.folder / "one.pem"], signal.SIGINT), ([self.batch], signal.SIGTERM)):
            words = [*self.words("--timeout", "30", "--trust", str(self.ca.certificate))[:-1], *map(str, paths)]
            held = len(silence.held)
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  env={**os.environ, "no_proxy": "127.0.0.1"}) as doctor:
                wait_until(lambda: len(silence.held) > held)
                (child,) = children_of(doctor.pid)
                doctor.send_signal(sent)
                self.assertEqual(doctor.wait(10), 130)
                self.assertFalse(pathlib.Path(f"/proc/{child}").exists(), "it would be ours by now")

    def test_rows_do_not_wait_for_a_silent_server_that_comes_later(self):
        silence, site = self.serve(Silence()), self.site()
        before, behind = 70, 70  # more than one worker takes at once
        self.put(FIRST, site.url("/ca.crl"))
        self.put(HELD, silence.url)
        for number in range(before + behind):
            shutil.copy(self.batch / f"{FIRST:04x}.pem", self.batch / f"{'a' if number < before else 'z'}{number:03}.pem")
        (self.batch / f"{HELD:04x}.pem").rename(self.batch / "silent.pem")
        (self.batch / f"{FIRST:04x}.pem").unlink()
        rows = re.compile(rb"/a[0-9]{3}\.pem")
        for form, jobs in (("text", 1), ("csv", 2), ("ndjson", 1), ("json", 2), ("ndjson", 4)):
            words = self.words("--timeout", "60", "--jobs", str(jobs), "--format", form, "--trust", str(self.ca.certificate))
            held = len(silence.held)
            with self.subTest(form, jobs=jobs), subprocess.Popen(
                    words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "no_proxy": "127.0.0.1"}) as doctor:
                wait_until(lambda: len(silence.held) > held)
                children = list(children_of(doctor.pid))
                os.set_blocking(doctor.stdout.fileno(), False)
                told = bytearray()
                wait_until(lambda: told.extend(doctor.stdout.read() or b"") or len(rows.findall(told)) == before)
                doctor.send_signal(signal.SIGINT)
                os.set_blocking(doctor.stdout.fileno(), True)
                told += doctor.stdout.read()
                self.assertEqual(doctor.wait(10), 130)
                self.assertEqual((len(rows.findall(told)), told.count(b"silent.pem"), told.count(b"/z")), (before, 0, 0))
                if form == "json":
                    document = json.loads(told)
                    self.assertEqual((document["cut_short"], len(document["subjects"])), ("interrupted", before))
                self.assertEqual("只查完了 70 个文件" in told.decode(), form == "text")
            for child in children:
                wait_until(lambda: not pathlib.Path(f"/proc/{child}/fd/4").exists())

    def test_beside_a_silent_server_the_others_are_asked(self):
        silence, site = self.serve(Silence()), self.site()
        for serial in range(FIRST, FIRST + 5):
            self.put(serial, site.url("/ca.crl"), ocsp=[silence.url])
        self.put(REVOKED, site.url("/ca.crl"), ocsp=[silence.url])
        found = self.judge("--timeout", "2", "--jobs", "1")
        self.assertLess(self.seconds, 8)
        self.expect_one_revoked(found.pop(f"{REVOKED:04x}.pem"))
        self.assertEqual({finding["outcome"] for finding in found.values()}, {"passed"})
        self.assertEqual(site.asked, ["/ca.crl"])

    def test_a_refusal_is_remembered_for_its_address_alone(self):
        site = self.site()
        self.put_many(lambda serial: site.url("/ca.crl" if serial % 2 else "/nothing-here"))
        found = self.judge("--jobs", "4")
        self.assertEqual(sorted(site.asked), ["/ca.crl", "/nothing-here"])
        self.assertEqual(self.status, 2)
        for path, finding in found.items():
            if int(path[-8:-4], 16) % 2:
                self.assertEqual(finding["outcome"], "passed")
            else:
                self.expect_unknown(finding, reason="no-answer", source=site.url("/nothing-here"))
                self.assertIn("404", finding["evidence"]["message"])

    def test_a_server_that_is_not_there_leaves_all_unknown(self):
        self.put_many(lambda serial: f"http://127.0.0.1:1/{serial}.crl")
        for path, finding in self.judge().items():
            self.expect_unknown(finding, reason="no-answer", message="Connection refused",
                                source=f"http://127.0.0.1:1/{int(path[-8:-4], 16)}.crl")

    def test_a_list_that_fails_its_signature_fails_for_all(self):
        site = self.site({"/ca.crl": self.impostor.crl("fresh").read_bytes()})
        for serial in (*range(FIRST, FIRST + 5), REVOKED):
            self.put(serial, site.url("/ca.crl"))
        for finding in self.judge().values():
            self.expect_unknown(finding, reason="wrong-signer")
        self.assertEqual(site.asked, ["/ca.crl"])

    def test_a_responder_is_asked_about_each_certificate(self):
        site = self.site(posts=lambda request: answer_by_file(self.ca.responding(), request))
        for serial in (GOOD, REVOKED, FIRST):
            self.put(serial, ocsp=[site.url("/")])
        found = self.judge()
        self.assertEqual(len(site.asked), 3)
        self.assertEqual(found[f"{GOOD:04x}.pem"]["outcome"], "passed")
        self.assertEqual(found[f"{FIRST:04x}.pem"]["evidence"]["reason"], "status-unknown")
        self.expect_revoked(found[f"{REVOKED:04x}.pem"], kind="ocsp")

    def test_a_responder_is_asked_once_about_copies_of_a_certificate(self):
        site = self.site(posts=lambda request: answer_by_file(self.ca.responding(), request))
        self.put(GOOD, ocsp=[site.url("/")])
        self.put(REVOKED, ocsp=[site.url("/"), site.url("/")])
        for path in list(self.batch.glob("*.pem")):
            for copy in range(COPIES):
                shutil.copy(path, self.batch / f"{copy}-{path.name}")
        found = self.judge("--jobs", "4")
        self.assertEqual(site.asked, ["/", "/"])
        self.assertEqual(len(found), 2 * COPIES + 2)
        for path, finding in found.items():
            if path.endswith(f"{GOOD:04x}.pem"):
                self.assertEqual(finding["outcome"], "passed")
            else:
                self.expect_revoked(finding, kind="ocsp")

    def test_what_would_fill_the_memory_is_forgotten_and_asked_for_again(self):
        length = 17 * 1024 * 1024
        long = b"\x30\x84" + length.to_bytes(4, "big") + bytes(length)
        site = self.site({"/one": long, "/two": long, "/ca.crl": self.list})
        wanted = ["/one", "/ca.crl", "/one", "/ca.crl", "/two", "/one"]
        for serial, path in enumerate(wanted, FIRST):
            self.put(serial, site.url(path))
        found = self.judge("--jobs", "1")
        self.assertEqual(site.asked, ["/one", "/ca.crl", "/two", "/one"])
        self.assertEqual([one["outcome"] == "passed" for one in found.values()], [path == "/ca.crl" for path in wanted])

    @unittest.skipIf(b"__asan_init" in (BUILD / "scca-doctor").read_bytes(), "AddressSanitizer takes memory of its own")
    def test_lists_of_thirty_megabytes_fit_into_64_mib(self):
        path = self.ca.long_crl("long", 720_000)
        self.assertGreater(path.stat().st_size, 29_000_000)
        site = self.site({f"/{number}": path.read_bytes() for number in range(3)})
        self.put(1 << 60 | 7919, site.url("/0"))
        for serial in range(FIRST, FIRST + 3):
            self.put(serial, site.url(f"/{serial - FIRST}"))
        pem = path.with_suffix(".pem")
        pem.write_bytes(b"-----BEGIN X509 CRL-----\n" + base64.encodebytes(path.read_bytes()) + b"-----END X509 CRL-----\n")
        for options in (["--online"], ["--crl", path], ["--crl", pem]):
            words = [word for word in self.words("--jobs", "1", "--trust", self.ca.certificate, *map(str, options))
                     if word != "--online" or options == ["--online"]]
            done = subprocess.run([sys.executable, "-c", MEASURE, *words], capture_output=True, timeout=60, check=False,
                                  env={**os.environ, "no_proxy": "127.0.0.1"})
            outcomes = re.findall(rb'"rung": ?"cert.revocation", ?"outcome": ?"(\w+)"', done.stdout)
            self.assertEqual(outcomes, [b"failed"] + [b"passed"] * 3)
            self.assertLess(int(done.stderr), 64 * 1024, f"KiB, {options}")
        self.assertEqual(site.asked, ["/0", "/1", "/2"])
        # Of a key it is there once as well, though what was fetched may be saved.
        self.plug_in(1 << 60 | 7919, crl=[site.url("/0")])
        words = [BUILD / "scca-doctor", "check-key", "--format", "json", "--module", BUILD / "libscca-softkey.so", "--online",
                 "--trust", self.ca.certificate]
        done = subprocess.run([sys.executable, "-c", MEASURE, *map(str, words)], capture_output=True, timeout=60, check=False,
                              env={**os.environ, "no_proxy": "127.0.0.1", "SCCA_SOFTKEY_DIR": str(self.folder / "key")})
        self.assertIn(b"cert-revoked", done.stdout)
        self.assertLess(int(done.stderr), 64 * 1024, "KiB")

    def put_below(self, serial, url):
        """A certificate of a CA that the usual one signed, whose own revocation is told at `url`, in one file with it."""
        below = Authority(self.folder / f"{self.id()}-{serial}", name=f"下级CA{serial}")
        self.ca.sign(below.request(below.key, f"/C=CN/O=训练用机构/CN={below.name}"), below.certificate,
                     ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign",
                      f"crlDistributionPoints=URI:{url}"],
                     ("-CA", self.ca.certificate, "-CAkey", self.ca.key, "-set_serial", hex(serial)))
        path = f"/{serial}.crl"
        self.lists.files[path] = below.crl("fresh").read_bytes()
        file = below.issue(self.batch / f"{serial:04x}.pem", self.container / "sign.key", FIRST,
                           extensions=[f"crlDistributionPoints=URI:{self.lists.url(path)}"])
        file.write_text(file.read_text() + below.certificate.read_text())

    def test_a_ca_above_is_asked_about_as_well(self):
        silence, self.lists = self.serve(Silence()), self.site()
        for serial, url in ((GOOD, self.lists.url("/ca.crl")), (REVOKED, self.lists.url("/ca.crl")), (HELD, silence.url),
                            (FIRST, "ldap://127.0.0.1/ca")):
            self.put_below(serial, url)
        found = self.judge("--timeout", "2")
        self.assertEqual(found[f"{GOOD:04x}.pem"]["outcome"], "passed")
        self.expect_one_revoked(found[f"{REVOKED:04x}.pem"], reason="keyCompromise")
        untold = found[f"{HELD:04x}.pem"]
        self.assertEqual((untold["outcome"], untold["evidence"]["source"]), ("unknown", silence.url))
        never = found[f"{FIRST:04x}.pem"]["evidence"]
        self.assertEqual((never["reason"], never["not_asked"]), ("address-not-asked", ["ldap://127.0.0.1/ca"]))
        for serial in (REVOKED, HELD, FIRST):
            self.assertIn(f"下级CA{serial}", found[f"{serial:04x}.pem"]["evidence"]["ca"])
        self.assertEqual(self.status, 1)

    def test_one_silent_path_of_a_server_that_answers_is_that_paths_alone(self):
        site = self.site(Sometimes({"/ca.crl": self.list}))
        for serial, path in ((GOOD, "/ca.crl"), (REVOKED, "/silent"), (HELD, "/ca.crl?again")):
            self.put(serial, site.url(path))
        found = self.judge("--timeout", "1", "--jobs", "1")
        self.assertEqual([found[f"{serial:04x}.pem"]["outcome"] for serial in (GOOD, REVOKED, HELD)],
                         ["passed", "unknown", "failed"])

    def test_the_certificate_of_the_issuer_is_fetched_once_for_all(self):
        site = self.site()
        site.files["/ca.cer"] = openssl("x509", "-in", self.ca.certificate, "-outform", "DER")
        self.put_many(lambda _: site.url("/ca.crl"), issuer=[site.url("/ca.cer")])
        found = self.judge("--jobs", "4", trust=False)
        self.assertEqual(site.asked, ["/ca.cer", "/ca.crl"])
        self.assertEqual({finding["outcome"] for finding in found.values()}, {"passed"})


if __name__ == "__main__":
    sys.argv.insert(1, str(BUILD))
    Doctor.own_network = enter_own_network()
    del sys.argv[1]
    unittest.main()
