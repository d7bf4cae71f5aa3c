#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a web server has is read as a file is that holds the same octets, with --online and with --crl: served_test.py BUILD-FOLDER.

Lists written in every way that is met, and what is damaged or none, on loopback.
"""
import base64
import sys
import unittest

from authority import openssl
from revocation_test import BUILD, GOOD, REVOKED, Doctor
from servers import Site, enter_own_network


class Served(Doctor):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.ca.crl("fresh")
        cls.der, cls.pem = path.read_bytes(), openssl("crl", "-inform", "DER", "-in", path, "-outform", "PEM")

    def ask_both(self, serial, content, says_length=True):
        """What is said of a certificate whose list is this: by a server, and by a file where that may be given."""
        site = self.serve(Site({"/ca.crl": content}, says_length=says_length))
        self.plug_in(serial, crl=[site.url("/ca.crl")])
        yield self.finding("--online")
        path = self.folder / "given.crl"
        path.write_bytes(content)
        report = self.run_doctor("--only", "cert.revocation", "--crl", path)
        if "error" in report:
            self.assertEqual(self.status, 65)
            return
        (found,) = [one for subject in report["subjects"] for one in subject["findings"] if one["rung"] == "cert.revocation"]
        yield found

    def test_a_list_is_read_however_it_is_written(self):
        self.assertTrue(self.pem.startswith(b"-----BEGIN X509 CRL-----"))
        ways = {"DER": self.der, "PEM": self.pem, "mark": b"\xef\xbb\xbf\r\n" + self.pem,
                "text": "训练用CA 的吊销列表：\n".encode() * 9 + self.pem,
                "certutil": self.pem.replace(b"X509 CRL", b"CERTIFICATE").replace(b"\n", b"\r\n"),
                "label": self.pem.replace(b"X509 CRL", b"CRL"), "base64": base64.b64encode(self.der),
                "lines": base64.encodebytes(self.der), "line feed": self.der + b"\n", "zeros": self.der + bytes(4)}
        for way, content in ways.items():
            for says_length in (True, False):
                with self.subTest(way, says_length=says_length):
                    for finding in self.ask_both(GOOD, content, says_length):
                        self.expect_good(finding, kind="crl")
                    for finding in self.ask_both(REVOKED, content, says_length):
                        self.expect_revoked(finding, kind="crl")

    def test_a_list_that_was_cut_short_says_so_and_never_that_all_is_well(self):
        half = len(self.pem) // 2
        bare = base64.b64encode(self.der)
        for content in (self.pem[:half], self.pem[:half] + b"!" + self.pem[half:], b"text\n" + self.pem[:-60], self.der[:-1],
                        bare[:len(bare) // 8 * 4]):
            for says_length in (True, False):
                with self.subTest(content[-9:], says_length=says_length):
                    # That the answer breaks off is known already where DER alone says how long it is.
                    reasons = ["cut", "cut"] if says_length or content[0] != 0x30 else ["no-answer", "cut"]
                    for finding in self.ask_both(REVOKED, content, says_length):
                        self.expect_unknown(finding, reason=reasons.pop(0))
                    self.assertEqual(reasons, [])

    def test_what_is_no_list_is_no_answer(self):
        page = b"<!DOCTYPE html><html><body>Please log in</body></html>" * 9
        for content in (page, b"", b"-----BEGIN", b"0", b"\x30\x82", self.pem.replace(b"MI", b"NI", 1)):
            for says_length in (True, False):
                with self.subTest(content[:20], says_length=says_length):
                    count = 0
                    for finding in self.ask_both(GOOD, content, says_length):
                        self.expect_unknown(finding, reason="no-answer")
                        count += 1
                    self.assertEqual(count, 1, "as a file it is refused")

    def test_what_is_too_long_is_not_read(self):
        site = self.serve(Site({"/ca.crl": self.pem + b" " * (33 << 20)}))
        short = self.serve(Site({"/ca.crl": self.pem + b" " * (33 << 20)}, says_length=False))
        for server in (site, short):
            self.plug_in(GOOD, crl=[server.url("/ca.crl")])
            self.expect_unknown(self.finding("--online"), reason="no-answer")

    def test_an_issuer_is_read_in_pem_with_text_before_it(self):
        site = self.serve(Site({"/ca.crl": self.der, "/ca.pem": b"the issuer:\n" + self.ca.certificate.read_bytes()}))
        self.plug_in(GOOD, crl=[site.url("/ca.crl")], issuer=[site.url("/ca.pem")])
        self.expect_good(self.finding("--online", trust=False), kind="crl")


if __name__ == "__main__":
    sys.argv.insert(1, str(BUILD))
    Doctor.own_network = enter_own_network()
    del sys.argv[1]
    unittest.main()
