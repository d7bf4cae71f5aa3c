#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What scca-doctor says of revocation, against openssl's own CA and responder: revocation_test.py BUILD-FOLDER.

The certificates lie on a software key. Nothing leaves loopback, and every server ends with its test.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from authority import Authority, openssl
from servers import Responder, Silence, Site, enter_own_network

BUILD = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ".").resolve()
GOOD, REVOKED, HELD, NEVER_BOOKED = 0x1001, 0x1002, 0x1003, 0x1004
TOMORROW = 86400


class Doctor(unittest.TestCase):
    """A CA with a book of four certificates, and a software key to put one on."""

    kind = "sm2"
    own_network = False

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="scca-revocation-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.ca = Authority(cls.folder / "ca", kind=cls.kind)
        cls.impostor = Authority(cls.folder / "impostor", kind=cls.kind)  # the same name
        cls.stranger = Authority(cls.folder / "stranger", name="别家训练用CA", kind=cls.kind)
        for authority in (cls.ca, cls.impostor, cls.stranger):
            authority.book(GOOD)
            authority.book(REVOKED, "250301080000Z,keyCompromise")
            authority.book(HELD, "250301080000Z,certificateHold")
        subprocess.run([BUILD / "scca-softkey", "make", cls.folder / "key"], check=True, capture_output=True)
        cls.container = next((cls.folder / "key").rglob("sign.key")).parent
        (cls.container / "enc.crt").unlink()

    def serve(self, server):
        self.addCleanup(server.close)
        return server

    def plug_in(self, serial, ocsp=(), crl=(), issuer=()):
        """Puts a certificate with these addresses on the key, and returns its file."""
        extensions = []
        access = [f"OCSP;URI:{url}" for url in ocsp] + [f"caIssuers;URI:{url}" for url in issuer]
        if access:
            extensions.append("authorityInfoAccess=" + ",".join(access))
        if crl:
            extensions.append("crlDistributionPoints=" + ",".join(f"URI:{url}" for url in crl))
        return self.ca.issue(self.container / "sign.crt", self.container / "sign.key", serial, extensions=extensions)

    def run_doctor(self, *options, trust=True):
        words = [BUILD / "scca-doctor", "check", "--format", "json", "--module", BUILD / "libscca-softkey.so", *options]
        if trust:
            words += ["--trust", self.ca.certificate]
        environment = {**os.environ, "SCCA_SOFTKEY_DIR": str(self.folder / "key"), "no_proxy": "127.0.0.1"}
        started = time.monotonic()
        done = subprocess.run(list(map(str, words)), capture_output=True, env=environment, timeout=60, check=False)
        self.seconds = time.monotonic() - started
        self.status = done.returncode
        return json.loads(done.stdout)

    def finding(self, *options, **how):
        report = self.run_doctor("--only", "cert.revocation", *options, **how)
        found = [one for subject in report["subjects"] for one in subject["findings"] if one["rung"] == "cert.revocation"]
        self.assertLessEqual(len(found), 1)
        return found[0] if found else None

    def expect_good(self, finding, **evidence):
        self.assertEqual((finding["outcome"], finding["faq"]), ("passed", None), finding)
        self.assertLessEqual(evidence.items(), finding["evidence"].items())
        self.assertEqual(self.status, 0)

    def expect_revoked(self, finding, **evidence):
        self.assertEqual((finding["outcome"], finding["faq"]), ("failed", "cert-revoked"), finding)
        self.assertLessEqual({"revoked_at": "2025-03-01T08:00:00Z", **evidence}.items(), finding["evidence"].items())
        self.assertEqual(self.status, 1)

    def expect_unknown(self, finding, **evidence):
        self.assertEqual((finding["outcome"], finding["faq"]), ("unknown", "revocation-unknown"), finding)
        self.assertLessEqual(evidence.items(), finding["evidence"].items())
        self.assertEqual(self.status, 2)


def later(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


class Lists(Doctor):
    def test_nobody_asked_so_nothing_is_said(self):
        self.plug_in(GOOD)
        report = self.run_doctor()
        self.assertNotIn("cert.revocation", [one["rung"] for subject in report["subjects"] for one in subject["findings"]])

    def test_asked_for_alone_with_nothing_to_ask(self):
        self.plug_in(GOOD)
        self.expect_unknown(self.finding(), reason="nobody-asked")

    def test_a_fresh_list_without_the_certificate_is_good(self):
        self.plug_in(GOOD)
        self.expect_good(self.finding("--crl", self.ca.crl("fresh")), kind="crl")

    def test_a_list_in_pem_or_in_a_folder_is_read_too(self):
        self.plug_in(REVOKED)
        path = self.ca.crl("fresh")
        self.expect_revoked(self.finding("--crl", path.with_suffix(".pem")))
        folder = self.folder / "lists"
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder)
        self.expect_revoked(self.finding("--crl", folder))

    def test_a_listed_certificate_is_revoked_and_the_rest_of_the_ladder_stands(self):
        self.plug_in(REVOKED)
        path = self.ca.crl("fresh")
        self.expect_revoked(self.finding("--crl", path), reason="keyCompromise")
        self.assertIn("cert-revoked", self.run_doctor("--crl", path)["root_causes"])

    def test_an_outdated_list_is_unknown_but_still_proves_a_revocation(self):
        path = self.ca.crl("fresh")
        self.plug_in(GOOD)
        self.expect_unknown(self.finding("--crl", path, "--at", later(30 * TOMORROW)), reason="expired")
        self.plug_in(REVOKED)
        self.expect_revoked(self.finding("--crl", path, "--at", later(30 * TOMORROW)))

    def test_a_suspension_counts_only_while_the_list_is_fresh(self):
        path = self.ca.crl("fresh")
        self.plug_in(HELD)
        self.expect_revoked(self.finding("--crl", path), reason="certificateHold")
        self.expect_unknown(self.finding("--crl", path, "--at", later(30 * TOMORROW)), reason="expired")

    def test_a_list_from_the_future_is_unknown(self):
        self.plug_in(GOOD)
        path = self.ca.crl("future", "-crl_lastupdate", "20900101000000Z", "-crl_nextupdate", "20910101000000Z")
        self.expect_unknown(self.finding("--crl", path), reason="not-yet-valid")

    def test_a_list_of_another_ca_is_unknown(self):
        self.plug_in(REVOKED)
        self.expect_unknown(self.finding("--crl", self.stranger.crl("fresh")), reason="other-issuer")

    def test_a_list_under_the_right_name_by_a_wrong_key_is_unknown(self):
        self.plug_in(REVOKED)
        self.expect_unknown(self.finding("--crl", self.impostor.crl("fresh")), reason="wrong-signer")

    def test_an_altered_list_is_unknown(self):
        self.plug_in(REVOKED)
        path = self.folder / "altered.crl"
        path.write_bytes(self.ca.crl("fresh").read_bytes().replace(REVOKED.to_bytes(2, "big"), b"\x10\x99"))
        self.expect_unknown(self.finding("--crl", path), reason="wrong-signer")

    def test_without_the_issuer_nobody_can_tell(self):
        self.plug_in(GOOD)
        self.expect_unknown(self.finding("--crl", self.ca.crl("fresh"), trust=False), reason="issuer-missing")

    def test_what_is_no_list_is_refused(self):
        self.run_doctor("--crl", self.ca.certificate)
        self.assertEqual(self.status, 65)
        self.run_doctor("--crl", self.folder / "nowhere")
        self.assertEqual(self.status, 66)
        self.run_doctor("--ocsp", self.ca.certificate)
        self.assertEqual(self.status, 65)

    def test_a_forged_certificate_blocks_the_question(self):
        self.impostor.issue(self.container / "sign.crt", self.container / "sign.key", GOOD,
                            extensions=["authorityKeyIdentifier=none"])
        report = self.run_doctor("--crl", self.ca.crl("fresh"))
        found = {one["rung"]: one for subject in report["subjects"] for one in subject["findings"]}
        self.assertEqual(found["cert.signature"]["faq"], "cert-forged", found)
        self.assertEqual(found["cert.revocation"]["blocked_by"], "cert.signature")


class Answers(Doctor):
    def answer(self, serial, **how):
        return self.finding("--ocsp", self.ca.answer("answer", self.plug_in(serial), **how))

    def test_the_issuer_itself_answers(self):
        self.expect_good(self.answer(GOOD), kind="ocsp")
        self.expect_revoked(self.answer(REVOKED), reason="keyCompromise")
        self.expect_unknown(self.answer(NEVER_BOOKED), reason="status-unknown")

    def test_an_appointed_responder_answers(self):
        signer = self.ca.responder("appointed")
        self.expect_good(self.answer(GOOD, signer=signer))
        self.expect_revoked(self.answer(REVOKED, signer=signer))

    def test_a_certificate_that_was_not_appointed_answers_nothing(self):
        signer = self.ca.responder("bystander", extensions=())
        self.expect_unknown(self.answer(GOOD, signer=signer), reason="signer-not-appointed")
        self.expect_unknown(self.answer(REVOKED, signer=signer), reason="signer-not-appointed")

    def test_another_ca_answers_nothing(self):
        for authority in (self.impostor, self.stranger):
            self.expect_unknown(self.answer(GOOD, signer=(authority.certificate, authority.key)), reason="wrong-signer")
            self.expect_unknown(self.answer(GOOD, signer=authority.responder("theirs")), reason="wrong-signer")

    def test_an_outdated_answer_is_unknown(self):
        path = self.ca.answer("answer", self.plug_in(GOOD))
        self.expect_unknown(self.finding("--ocsp", path, "--at", later(3600)), reason="expired")
        # An answer that names no end holds for a day.
        path = self.ca.answer("answer", self.plug_in(GOOD), minutes=0)
        self.expect_good(self.finding("--ocsp", path, "--at", later(3600)))
        self.expect_unknown(self.finding("--ocsp", path, "--at", later(2 * TOMORROW)), reason="expired")

    def test_an_answer_about_another_certificate_is_unknown(self):
        path = self.ca.answer("answer", self.plug_in(GOOD))
        self.plug_in(REVOKED)
        self.expect_unknown(self.finding("--ocsp", path), reason="other-certificate")

    def test_a_revocation_outweighs_a_list_that_does_not_know_it_yet(self):
        self.ca.index.write_text("")
        old = self.ca.crl("old")
        for serial, revoked in ((GOOD, None), (REVOKED, "250301080000Z,keyCompromise"), (HELD, "250301080000Z,certificateHold")):
            self.ca.book(serial, revoked)
        path = self.ca.answer("answer", self.plug_in(REVOKED))
        self.expect_revoked(self.finding("--crl", old, "--ocsp", path), kind="ocsp")


class Online(Doctor):
    def respond(self, **how):
        return self.serve(Responder(self.ca.responding(**how), self.own_network)).url

    def lists(self, path=None):
        return self.serve(Site({"/ca.crl": (path or self.ca.crl("fresh")).read_bytes()}))

    def test_the_responder_is_asked_and_answers(self):
        url = self.respond()
        self.plug_in(GOOD, ocsp=[url])
        self.expect_good(self.finding("--online"), kind="ocsp", source=url)
        self.plug_in(REVOKED, ocsp=[url])
        self.expect_revoked(self.finding("--online"), source=url)
        self.plug_in(NEVER_BOOKED, ocsp=[url])
        self.expect_unknown(self.finding("--online"), reason="status-unknown")

    def test_an_outdated_answer_is_unknown(self):
        self.plug_in(GOOD, ocsp=[self.respond()])
        self.expect_unknown(self.finding("--online", "--at", later(3600)), reason="expired")

    def test_a_responder_with_a_wrong_key_is_unknown(self):
        self.plug_in(GOOD, ocsp=[self.respond(signer=(self.impostor.certificate, self.impostor.key))])
        self.expect_unknown(self.finding("--online"), reason="wrong-signer")

    def test_the_list_is_fetched(self):
        site = self.lists()
        self.plug_in(GOOD, crl=[site.url("/ca.crl")])
        self.expect_good(self.finding("--online"), kind="crl", source=site.url("/ca.crl"))
        self.plug_in(REVOKED, crl=[site.url("/ca.crl")])
        self.expect_revoked(self.finding("--online"), kind="crl")

    def test_a_missing_issuer_is_fetched_and_not_trusted_for_that(self):
        site = self.lists()
        site.files["/ca.cer"] = openssl("x509", "-in", self.ca.certificate, "-outform", "DER")
        site.files["/impostor.pem"] = self.impostor.certificate.read_bytes()
        url = site.url("/ca.cer")
        self.plug_in(GOOD, crl=[site.url("/ca.crl")], issuer=["ldap://127.0.0.1/ca", "https://127.0.0.1/ca", url])
        self.expect_good(self.finding("--online", trust=False), kind="crl")
        self.assertEqual(site.asked, ["/ca.cer", "/ca.crl"])
        self.assertEqual(self.chain("--online")["evidence"]["reason"], "untrusted-root")
        site.asked.clear()
        self.assertEqual(self.chain()["evidence"]["reason"], "issuer-missing")
        self.assertEqual(site.asked, [])
        self.plug_in(GOOD, crl=[site.url("/ca.crl")], issuer=[site.url("/impostor.pem")])
        self.expect_unknown(self.finding("--online", trust=False), reason="issuer-missing")
        self.plug_in(GOOD, crl=[site.url("/ca.crl")], issuer=[site.url("/nothing-here")])
        self.expect_unknown(self.finding("--online", trust=False), reason="issuer-missing")

    def chain(self, *options):
        report = self.run_doctor("--only", "cert.chain", *options, trust=False)
        (found,) = [one for subject in report["subjects"] for one in subject["findings"] if one["rung"] == "cert.chain"]
        return found

    def test_the_list_is_fetched_when_the_responder_does_not_know(self):
        site = self.lists()
        self.plug_in(NEVER_BOOKED, ocsp=[self.respond()], crl=[site.url("/ca.crl")])
        self.expect_good(self.finding("--online"), kind="crl")
        self.assertEqual(site.asked, ["/ca.crl"])

    def test_a_good_answer_makes_the_list_needless(self):
        site = self.lists()
        self.plug_in(GOOD, ocsp=[self.respond()], crl=[site.url("/ca.crl")])
        self.expect_good(self.finding("--online"), kind="ocsp")
        self.assertEqual(site.asked, [])

    def test_nothing_is_asked_without_the_option(self):
        site = self.lists()
        self.plug_in(GOOD, ocsp=[site.url("/")], crl=[site.url("/ca.crl")])
        self.expect_unknown(self.finding(), reason="nobody-asked")
        self.expect_unknown(self.finding("--crl", self.stranger.crl("fresh")))
        self.assertEqual(site.asked, [])

    def test_a_silent_server_is_left_when_the_time_is_up(self):
        silence = self.serve(Silence())
        self.plug_in(GOOD, ocsp=[silence.url])
        finding = self.finding("--online", "--timeout", "1")
        self.expect_unknown(finding, reason="no-answer", call="HTTP POST", deadline_ms=1000, source=silence.url)
        self.assertLess(self.seconds, 5)
        site = self.lists()
        self.plug_in(GOOD, ocsp=[silence.url], crl=[site.url("/ca.crl")])
        self.expect_good(self.finding("--online", "--timeout", "1"), kind="crl")

    def test_a_server_that_is_not_there_or_has_nothing_is_unknown(self):
        site = self.serve(Site())
        self.plug_in(GOOD, crl=[site.url("/ca.crl")])
        finding = self.finding("--online")
        self.expect_unknown(finding, reason="no-answer", call="HTTP GET")
        self.assertIn("404", finding["evidence"]["message"])
        self.plug_in(GOOD, crl=["http://127.0.0.1:1/ca.crl"])
        self.expect_unknown(self.finding("--online"), reason="no-answer", message="Connection refused")
        self.assertLess(self.seconds, 5)

    def test_a_redirect_is_not_followed(self):
        site = self.lists()
        site.moved["/moved.crl"] = site.url("/ca.crl")
        self.plug_in(GOOD, crl=[site.url("/moved.crl")])
        self.expect_unknown(self.finding("--online"), reason="no-answer",
                            message="redirected to " + site.url("/ca.crl"))
        self.assertEqual(site.asked, ["/moved.crl"])

    def test_an_endless_list_is_not_read(self):
        length = 33 * 1024 * 1024
        big = b"\x30\x84" + length.to_bytes(4, "big") + bytes(length)
        site = self.serve(Site({"/ca.crl": big}, posts=lambda _: big[:2] + (70000).to_bytes(4, "big") + bytes(70000)))
        self.plug_in(GOOD, ocsp=[site.url("/")], crl=[site.url("/ca.crl")])
        self.expect_unknown(self.finding("--online"), reason="no-answer")

    def test_no_list_but_a_page_is_unknown(self):
        site = self.serve(Site({"/ca.crl": b"<html>sign in first</html>"}, posts=lambda _: b"<html></html>"))
        self.plug_in(GOOD, ocsp=[site.url("/")], crl=[site.url("/ca.crl")])
        self.expect_unknown(self.finding("--online"), reason="no-answer")

    def test_at_most_three_rounds(self):
        site = self.serve(Site())
        self.plug_in(GOOD, ocsp=[site.url(f"/o{i}") for i in range(6)], crl=[site.url(f"/c{i}") for i in range(6)])
        finding = self.finding("--online")
        self.expect_unknown(finding, not_asked=[site.url("/o5"), site.url("/c5")])
        self.assertEqual(site.asked[:2], ["/o0", "/c0"])
        self.assertEqual(sorted(site.asked[2:]), ["/c1", "/c2", "/c3", "/c4", "/o1", "/o2", "/o3", "/o4"])

    def test_the_last_of_many_addresses_that_answers_is_heard(self):
        site = self.lists()
        self.plug_in(REVOKED, crl=[*(site.url(f"/{i}") for i in range(9)), site.url("/ca.crl")])
        self.expect_revoked(self.finding("--online"), kind="crl", source=site.url("/ca.crl"))
        silent = [self.serve(Silence()).url for _ in range(8)]
        self.plug_in(REVOKED, crl=[*silent, site.url("/ca.crl")])
        self.expect_revoked(self.finding("--online", "--timeout", "1"), kind="crl", source=site.url("/ca.crl"))
        self.assertLess(self.seconds, 6)

    def test_only_http_is_spoken(self):
        never = ["https://127.0.0.1:1/", "ldap://127.0.0.1/x"]
        self.plug_in(GOOD, ocsp=never[:1], crl=never[1:])
        self.expect_unknown(self.finding("--online"), reason="address-not-asked", not_asked=never)
        self.plug_in(GOOD)
        self.expect_unknown(self.finding("--online"), reason="no-address")
        site = self.serve(Site())
        self.plug_in(GOOD, crl=[site.url("/nothing-here"), never[1]])
        self.expect_unknown(self.finding("--online"), reason="no-answer", not_asked=never[1:])

    def test_the_scheme_of_an_address_may_be_written_in_capitals(self):
        site = self.lists()
        url = site.url("/ca.crl").replace("http", "HTTP")
        self.plug_in(GOOD, crl=[url])
        self.expect_good(self.finding("--online"), kind="crl", source=url)


class AnswersOfRsa(Answers):
    kind = "rsa"


class ListsOfRsa(Lists):
    kind = "rsa"


if __name__ == "__main__":
    sys.argv.insert(1, str(BUILD))
    Doctor.own_network = enter_own_network()
    del sys.argv[1]
    unittest.main()
