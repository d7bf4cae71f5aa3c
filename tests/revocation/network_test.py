#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What --online tells of the network and the clock by the answers that it asks for anyway: network_test.py BUILD-FOLDER.

Servers on loopback whose clock is right, wrong, or silent on the time, and one that is silent altogether.
"""
import json
import subprocess
import sys
import unittest

from revocation_test import BUILD, GOOD, Doctor
from servers import Silence, Site, enter_own_network

HOUR = 3600


class Network(Doctor):
    def site(self, **how):
        return self.serve(Site({"/ca.crl": self.ca.crl("fresh").read_bytes()}, **how))

    def found(self, *options):
        """What is said of the clock and the network, and the root causes."""
        self.report = self.run_doctor("--online", *options)
        of = {one["rung"]: one for one in self.report["subjects"][0]["findings"]}
        return of["machine.clock"], of.get("machine.network")

    def expect(self, finding, outcome, **evidence):
        said = " ".join(filter(None, (finding["outcome"], finding["faq"])))
        self.assertEqual(said, outcome, finding)
        self.assertLessEqual(evidence.items(), finding["evidence"].items())

    def test_a_server_that_agrees_on_the_time_is_a_network_and_a_clock(self):
        for how in ({}, {"ahead": 240}, {"ahead": -240}, {"age": 2 * HOUR}):
            site = self.site(**how)
            self.plug_in(GOOD, crl=[site.url("/ca.crl")])
            clock, network = self.found()
            self.expect(clock, "passed")
            self.expect(network, "passed", hosts=[site.url("").removeprefix("http://")])

    def test_a_server_that_says_another_time_is_a_clock_that_is_wrong(self):
        for ahead in (360, -360, 20 * 365 * 24 * HOUR):
            site = self.site(ahead=ahead)
            url = site.url("/ca.crl")
            self.plug_in(GOOD, crl=[url])
            clock, network = self.found()
            self.expect(clock, "failed clock-wrong", source=url)
            self.assertLess(clock["evidence"]["clock"], "2099")
            self.expect(network, "passed")
            self.assertIn("clock-wrong", self.report["root_causes"])
            self.assertEqual(site.asked, ["/ca.crl"], "nothing is asked for the clock's sake")

    def test_an_answer_that_refuses_tells_the_time_as_well(self):
        site = self.serve(Site(ahead=HOUR))
        self.plug_in(GOOD, crl=[site.url("/nothing-here")])
        self.expect(self.found()[0], "failed clock-wrong")

    def test_of_two_servers_the_one_that_agrees_is_right(self):
        wrong, right = self.serve(Site(ahead=HOUR)), self.site()
        self.plug_in(GOOD, ocsp=[wrong.url("/")], crl=[right.url("/ca.crl")])
        clock, network = self.found()
        self.expect(clock, "passed")
        self.assertEqual(len(network["evidence"]["hosts"]), 2)

    def test_a_server_that_says_no_time_is_a_network_and_no_clock(self):
        site = self.site(ahead=None)
        self.plug_in(GOOD, crl=[site.url("/ca.crl")])
        clock, network = self.found()
        self.expect(clock, "passed")
        self.expect(network, "passed")

    def test_a_silent_server_is_a_network_and_is_left_when_the_time_is_up(self):
        silence = self.serve(Silence())
        self.plug_in(GOOD, crl=[silence.url])
        clock, network = self.found("--timeout", "1")
        self.expect(clock, "passed")
        self.expect(network, "passed")
        self.assertLess(self.seconds, 3)

    def test_a_host_that_takes_no_connection_is_a_note(self):
        site = self.site()
        self.plug_in(GOOD, ocsp=["http://127.0.0.1:1/"], crl=[site.url("/ca.crl")])
        self.expect(self.found()[1], "noted", hosts_not_reached=["127.0.0.1:1"], message="Connection refused")
        if not self.own_network:  # a name server would be asked
            return
        self.plug_in(GOOD, crl=["http://no-such-host.invalid/ca.crl"])
        self.expect(self.found()[1], "noted", hosts_not_reached=["no-such-host.invalid"])

    def test_asked_for_alone_they_are_answered_and_without_the_option_nobody_is_asked(self):
        site = self.site(ahead=HOUR)
        self.plug_in(GOOD, crl=[site.url("/ca.crl")])
        report = self.run_doctor("--online", "--only", "machine.clock", "--only", "machine.network")
        said = [(one["rung"], one["outcome"]) for one in report["subjects"][0]["findings"]]
        self.assertEqual(said, [("machine.clock", "failed"), ("machine.network", "passed")])
        site.asked.clear()
        report = self.run_doctor("--only", "machine.clock")
        self.assertEqual([one["outcome"] for one in report["subjects"][0]["findings"]], ["passed"])
        self.assertEqual(site.asked, [])

    def test_what_was_saved_says_the_same(self):
        site = self.site(ahead=HOUR)
        self.plug_in(GOOD, crl=[site.url("/ca.crl")])
        kept = self.folder / "kept.json"
        clock, network = self.found("--save", kept)
        site.asked.clear()
        words = [BUILD / "scca-doctor", "check", "--format", "json", "--from", kept]
        report = json.loads(subprocess.run(words, capture_output=True, check=False).stdout)
        of = {one["rung"]: one for one in report["subjects"][0]["findings"]}
        self.assertEqual((of["machine.clock"]["evidence"], of["machine.network"]["outcome"]),
                         (clock["evidence"], network["outcome"]))
        self.assertEqual(site.asked, [])


if __name__ == "__main__":
    sys.argv.insert(1, str(BUILD))
    Doctor.own_network = enter_own_network()
    del sys.argv[1]
    unittest.main()
