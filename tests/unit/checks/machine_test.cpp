// SPDX-License-Identifier: Apache-2.0
//
// The computer's clock, the helper on loopback and programs that do not bear each other.
#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"
#include "scca/pki/certificate.hpp"

#include "reading.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace scca;
using reading::evidence;
using reading::said;

namespace {

report::Report judge(const token::Snapshot& snapshot) {
    checks::Options options;
    options.part = checks::Part::no_key;
    options.at = *parse_moment("2026-11-22");
    return checks::judge(snapshot, options);
}

token::Snapshot machine_at(std::string_view clock, std::string_view built_at) {
    token::Snapshot snapshot;
    snapshot.taken_at = *parse_moment(clock);
    snapshot.machine.emplace().built_at = *parse_moment(built_at);
    return snapshot;
}

Bytes fixture(const std::string& name) {
    std::ifstream file(std::string(SCCA_PKI_FIXTURES) + "/certificates/" + name + ".der", std::ios::binary);
    REQUIRE(file);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// A key with this certificate on a machine whose clock stands `before` the notBefore of its CA.
token::Snapshot clock_before(const Bytes& certificate, const Bytes& ca, std::chrono::hours before) {
    const auto parsed = pki::parse_certificate(ca);
    REQUIRE(parsed);
    token::Snapshot snapshot;
    snapshot.taken_at = *parsed->not_before - before;
    snapshot.machine.emplace().built_at = snapshot.taken_at;
    token::TokenSeen& token = snapshot.modules.emplace_back().tokens.emplace_back();
    token.applications.emplace_back().containers.emplace_back().certificates.push_back(
        {token::KeyRole::sign, certificate});
    return snapshot;
}

report::Report judge_key(const token::Snapshot& snapshot) {
    checks::Options options;
    options.at = snapshot.taken_at;
    return checks::judge(snapshot, options);
}

}  // namespace

TEST_CASE("a clock before the day on which this program was built is wrong") {
    const auto report = judge(machine_at("2009-01-01", "2026-11-22"));
    CHECK(report::root_causes(report) == std::vector{faq::id::clock_wrong});
    CHECK(said(report, Rung::machine_clock) == "failed clock-wrong");
    CHECK(evidence(report, Rung::machine_clock, "built_at") == "2026-11-22T15:59:59Z");
    CHECK(evidence(report, Rung::machine_clock, "clock").starts_with("2009-01-01"));
}

TEST_CASE("a clock after the build, or a time zone behind it, is not wrong") {
    CHECK(said(judge(machine_at("2026-11-22 08:00", "2026-11-22 07:00")), Rung::machine_clock) == "passed");
    CHECK(said(judge(machine_at("2026-11-22 08:00", "2026-11-22 16:00")), Rung::machine_clock) == "passed");
    CHECK(said(judge(machine_at("2026-11-20 15:59", "2026-11-21 16:00")), Rung::machine_clock) == "failed clock-wrong");
}

TEST_CASE("a machine that was not looked at has no clock to judge") {
    CHECK(said(judge({}), Rung::machine_clock).empty());
    CHECK(said(judge({}), Rung::machine_helper).empty());
    CHECK(said(judge({}), Rung::machine_conflict).empty());
}

TEST_CASE("a certificate that is dated ahead is not the clock's fault") {
    token::Snapshot snapshot = clock_before(fixture("sm2-leaf"), fixture("sm2-leaf"), std::chrono::hours(24 * 40));
    snapshot.trust.push_back({.path = "ca.cer", .content = fixture("sm2-ca"), .fault = {}});
    const auto ca = pki::parse_certificate(fixture("sm2-ca"));
    snapshot.taken_at = std::max(snapshot.taken_at, *ca->not_before);
    CHECK(said(judge_key(snapshot), Rung::machine_clock) == "passed");
}

TEST_CASE("a clock before the day on which the key's trusted CA was made is wrong") {
    token::Snapshot snapshot = clock_before(fixture("sm2-leaf"), fixture("sm2-ca"), std::chrono::hours(24 * 40));
    SECTION("the CA is trusted and its signature holds") {
        snapshot.trust.push_back({.path = "ca.cer", .content = fixture("sm2-ca"), .fault = {}});
        const auto report = judge_key(snapshot);
        CHECK(said(report, Rung::machine_clock) == "failed clock-wrong");
        CHECK_FALSE(evidence(report, Rung::machine_clock, "not_before").empty());
        CHECK_FALSE(evidence(report, Rung::machine_clock, "certificate").empty());
    }
    SECTION("nobody vouches for the CA: its date proves nothing") {
        CHECK(said(judge_key(snapshot), Rung::machine_clock) == "passed");
    }
    SECTION("the certificate is not the CA's own: its date proves nothing") {
        snapshot.trust.push_back({.path = "ca.cer", .content = fixture("sm2-ca"), .fault = {}});
        auto& content = snapshot.modules[0].tokens[0].applications[0].containers[0].certificates[0].content;
        content.back() ^= 1U;
        CHECK(said(judge_key(snapshot), Rung::machine_clock) == "passed");
    }
}

TEST_CASE("the helper is noted at most, and passes when it listens") {
    token::Snapshot snapshot = machine_at("2026-11-22", "2026-11-22");
    snapshot.machine->helper_port = 7256;
    snapshot.machine->helper_listens = false;
    const auto silent = judge(snapshot);
    CHECK(said(silent, Rung::machine_helper) == "noted helper-not-running");
    CHECK(evidence(silent, Rung::machine_helper, "address") == "127.0.0.1:7256");
    CHECK(report::root_causes(silent).empty());
    CHECK(report::verdict(silent, report::FailOn::warn) == report::Verdict::healthy);
    snapshot.machine->helper_listens = true;
    CHECK(said(judge(snapshot), Rung::machine_helper) == "passed");
}

TEST_CASE("two programs known to conflict are a warning that names both") {
    token::Snapshot snapshot = machine_at("2026-11-22", "2026-11-22");
    auto& programs = snapshot.machine->middleware;
    programs = {{"四川省CA互联互通驱动3.0", "/a.desktop"}, {"新点驱动", "/b.desktop"}};
    CHECK(said(judge(snapshot), Rung::machine_conflict) == "passed");
    programs.push_back({"国信CA助手", "/c.desktop"});
    const auto report = judge(snapshot);
    CHECK(said(report, Rung::machine_conflict) == "warned driver-conflict");
    CHECK(evidence(report, Rung::machine_conflict, "programs") == "四川省CA互联互通驱动3.0 国信CA助手");
    CHECK(report::root_causes(report) == std::vector{faq::id::driver_conflict});
}

namespace {

/// An answer from a server whose clock is ahead of the machine's by this much.
token::FetchedSeen answer_from(const std::string& url, std::chrono::seconds ahead) {
    token::FetchedSeen fetched;
    fetched.url = url;
    fetched.connected = true;
    fetched.heard_at = *parse_moment("2026-11-22 08:00");
    fetched.date = fetched.heard_at + ahead;
    return fetched;
}

token::FetchedSeen unreached(const std::string& url) {
    token::FetchedSeen fetched;
    fetched.url = url;
    fetched.fault = Fault{FaultKind::system, "HTTP GET", {}, 111, "Connection refused"};
    return fetched;
}

}  // namespace

TEST_CASE("a clock more than five minutes off what a server says is wrong") {
    using namespace std::chrono_literals;
    const auto [ahead, outcome] = GENERATE(table<std::chrono::seconds, std::string>({
        {300s, "passed"},
        {301s, "failed clock-wrong"},
        {-300s, "passed"},
        {-301s, "failed clock-wrong"},
        {-86400s * 4000, "failed clock-wrong"},
    }));
    token::Snapshot snapshot = machine_at("2026-11-22 08:00", "2026-11-22 07:00");
    snapshot.fetched.push_back(unreached("http://crl.example/"));
    snapshot.fetched.push_back(answer_from("http://ocsp.example/", ahead));
    const auto report = judge(snapshot);
    CHECK(said(report, Rung::machine_clock) == outcome);
    if (outcome == "passed") return;
    CHECK(evidence(report, Rung::machine_clock, "source") == "http://ocsp.example/");
    CHECK(evidence(report, Rung::machine_clock, "clock") == "2026-11-22T00:00:00Z");
    CHECK(evidence(report, Rung::machine_clock, "minutes_off") == (ahead < -1h ? "5760000" : "5"));
    CHECK(evidence(report, Rung::machine_clock, "server_time") == utc_text(*snapshot.fetched.back().date));
    // Where two servers do not agree, the one that agrees with the clock is right.
    snapshot.fetched.push_back(answer_from("http://other.example/", 2s));
    CHECK(said(judge(snapshot), Rung::machine_clock) == "passed");
}

TEST_CASE("hosts that certificates name and that take no connection are worth a note") {
    using namespace std::chrono_literals;
    token::Snapshot snapshot;
    CHECK(said(judge(snapshot), Rung::machine_network).empty());
    snapshot.fetched = {answer_from("http://a.example:8080/one?x", 0s), answer_from("http://b.example", 0s)};
    CHECK(said(judge(snapshot), Rung::machine_network) == "passed");
    CHECK(evidence(judge(snapshot), Rung::machine_network, "hosts") == "a.example:8080 b.example");
    // Connected and then silent is no matter of the network.
    snapshot.fetched[0].fault = Fault{FaultKind::hung, "HTTP GET", {}, 1000, {}};
    CHECK(said(judge(snapshot), Rung::machine_network) == "passed");
    snapshot.fetched.push_back(unreached("http://c.example/"));
    snapshot.fetched.push_back(unreached("http://a.example:8080/two"));
    const auto report = judge(snapshot);
    CHECK(said(report, Rung::machine_network) == "noted");
    CHECK(evidence(report, Rung::machine_network, "hosts_not_reached") == "c.example");
    CHECK(evidence(report, Rung::machine_network, "errno") == "111");
    CHECK(report::root_causes(report).empty());
}
