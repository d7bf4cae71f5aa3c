// SPDX-License-Identifier: Apache-2.0
#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace scca;
using report::Outcome;

namespace {

token::ModuleSeen healthy_module(std::string path = "/opt/lib/libkey.so") {
    token::ModuleSeen module;
    module.path = std::move(path);
    module.exports_skf = true;
    return module;
}

/// A key with one container that has something in it, but no certificate.
token::TokenSeen key_without_certificate(std::string serial) {
    token::TokenSeen token;
    token.label = "key " + serial;
    token.serial = std::move(serial);
    token::ApplicationSeen application;
    application.pin = {.tries_max = 6, .tries_left = 6, .locked = {}, .few = {}, .initial = {}};
    token::ContainerSeen container;
    container.name = "one";
    container.public_keys.push_back({token::KeyRole::sign, token::KeyAlgorithm::sm2, Bytes(64, 1)});
    application.containers.push_back(container);
    token.applications.push_back(application);
    return token;
}

checks::Options options() {
    checks::Options chosen;
    chosen.at = *parse_moment("2026-11-22");
    return chosen;
}

/// The findings of one rung, over all subjects.
std::vector<report::Finding> findings(const report::Report& report, Rung rung) {
    std::vector<report::Finding> found;
    for (const auto& subject : report.subjects) {
        for (const auto& finding : subject.findings) {
            if (finding.rung == rung) found.push_back(finding);
        }
    }
    return found;
}

report::Finding only_finding(const report::Report& report, Rung rung) {
    const auto found = findings(report, rung);
    REQUIRE(found.size() == 1);
    return found.front();
}

Fault crash_in(std::string call) { return {FaultKind::crashed, std::move(call), {}, 11, "SIGSEGV"}; }

}  // namespace

TEST_CASE("no module and no key: the one root cause is that no key was detected") {
    const auto report = checks::judge({}, options());
    CHECK(report::root_causes(report) == std::vector{faq::id::key_not_detected});
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::findings);
}

TEST_CASE("a crashed module is a fault of its own, and nobody claims that no key is there") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    snapshot.modules.back().answer_fault = crash_in("SKF_ConnectDev");
    const auto report = checks::judge(snapshot, options());
    CHECK(report::root_causes(report) == std::vector{faq::id::driver_crashed});
    const auto finding = only_finding(report, Rung::module_answers);
    CHECK(std::get<std::string>(report::find_field(finding.evidence, "call")->value) == "SKF_ConnectDev");
    CHECK(std::get<std::string>(report::find_field(finding.evidence, "signal")->value) == "SIGSEGV");
}

TEST_CASE("two broken modules give two root causes and a third is still reported") {
    token::Snapshot snapshot;
    snapshot.modules = {healthy_module("/a.so"), healthy_module("/b.so"), healthy_module("/c.so")};
    snapshot.modules[0].load_fault = {FaultKind::hung, "dlopen", {}, 3000, {}};
    snapshot.modules[1].answer_fault = crash_in("SKF_EnumDev");
    snapshot.modules[2].tokens.push_back(key_without_certificate("1"));
    const auto report = checks::judge(snapshot, options());
    const auto causes = report::root_causes(report);
    CHECK(std::count(causes.begin(), causes.end(), faq::id::driver_hung) == 1);
    CHECK(std::count(causes.begin(), causes.end(), faq::id::driver_crashed) == 1);
    CHECK(findings(report, Rung::token_pin).size() == 1);
}

TEST_CASE("what stands on a broken rung is blocked by what broke, not by what was blocked itself") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    snapshot.modules.back().tokens.push_back({});  // a key with no application at all
    const auto report = checks::judge(snapshot, options());
    CHECK(report::root_causes(report) == std::vector{faq::id::key_blank});
    for (const Rung rung : {Rung::token_container, Rung::cert_found, Rung::seal_found}) {
        const auto finding = only_finding(report, rung);
        CHECK(finding.outcome == Outcome::blocked);
        CHECK(finding.blocked_by == "token.application");
    }
}

TEST_CASE("a key whose containers hold no certificate is told once, and the seal is looked for all the same") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    snapshot.modules.back().tokens.push_back(key_without_certificate("1"));
    const auto report = checks::judge(snapshot, options());
    CHECK(only_finding(report, Rung::token_container).outcome == Outcome::failed);
    CHECK(only_finding(report, Rung::cert_found).blocked_by == "token.container");
    CHECK(only_finding(report, Rung::seal_found).faq == faq::id::seal_not_on_key);
}

TEST_CASE("the PIN is locked when no try is left, whatever flags say, and nearly locked at two") {
    for (const auto& [left, problem] :
         {std::pair{0U, faq::id::pin_locked}, {1U, faq::id::pin_few_tries}, {2U, faq::id::pin_few_tries}}) {
        token::Snapshot snapshot;
        snapshot.modules.push_back(healthy_module());
        snapshot.modules.back().tokens.push_back(key_without_certificate("1"));
        snapshot.modules.back().tokens.back().applications.front().pin.tries_left = left;
        const auto report = checks::judge(snapshot, options());
        CHECK(only_finding(report, Rung::token_pin).faq == problem);
    }
}

TEST_CASE("a token that only has flags is judged by them") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    auto token = key_without_certificate("1");
    token.applications.front().pin = {.tries_max = {}, .tries_left = {}, .locked = true, .few = true, .initial = {}};
    snapshot.modules.back().tokens.push_back(token);
    CHECK(only_finding(checks::judge(snapshot, options()), Rung::token_pin).faq == faq::id::pin_locked);
}

TEST_CASE("two distinct keys are a finding, the same key through two doors is not") {
    token::Snapshot snapshot;
    snapshot.modules = {healthy_module("/a.so"), healthy_module("/b.so")};
    snapshot.modules[0].tokens.push_back(key_without_certificate("1"));
    snapshot.modules[1].tokens.push_back(key_without_certificate("1"));
    CHECK(only_finding(checks::judge(snapshot, options()), Rung::token_found).outcome == Outcome::passed);
    snapshot.modules[1].tokens[0].serial = "2";
    CHECK(only_finding(checks::judge(snapshot, options()), Rung::token_found).faq == faq::id::several_keys);
}

TEST_CASE("a file behind the PIN makes a missing seal unknown, never missing") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    auto token = key_without_certificate("1");
    token.applications.front().files.push_back(
        {.name = "secret", .size = 100, .needs_pin = true, .content = {}, .fault = {}});
    snapshot.modules.back().tokens.push_back(token);
    const auto finding = only_finding(checks::judge(snapshot, options()), Rung::seal_found);
    CHECK(finding.outcome == Outcome::unknown);
    CHECK_FALSE(finding.faq);
}

TEST_CASE("a rung left out leaves no finding and blocks nothing") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    snapshot.modules.back().tokens.push_back(key_without_certificate("1"));
    auto chosen = options();
    chosen.skip = {Rung::token_container};
    const auto report = checks::judge(snapshot, chosen);
    CHECK(findings(report, Rung::token_container).empty());
    CHECK(only_finding(report, Rung::cert_found).outcome == Outcome::failed);
}

TEST_CASE("without a key only machine and modules are judged, and an absent key is no finding") {
    token::Snapshot snapshot;
    snapshot.modules.push_back(healthy_module());
    auto chosen = options();
    chosen.part = checks::Part::no_key;
    const auto report = checks::judge(snapshot, chosen);
    CHECK(report::root_causes(report).empty());
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::healthy);
}

TEST_CASE("warnings count for the status only from the level that was asked for") {
    token::Snapshot snapshot;
    snapshot.modules = {healthy_module("/a.so"), healthy_module("/b.so")};
    snapshot.modules[0].tokens.push_back(key_without_certificate("1"));
    auto chosen = options();
    chosen.only = {Rung::seal_found};
    const auto report = checks::judge(snapshot, chosen);
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::findings);
    CHECK(report::verdict(report, report::FailOn::fail) == report::Verdict::healthy);
    CHECK(report::verdict(report, report::FailOn::never) == report::Verdict::healthy);
}

TEST_CASE("two keys with the same label are told apart by their serial numbers") {
    token::Snapshot snapshot;
    snapshot.modules = {healthy_module()};
    for (const char* serial : {"A1", "A2"}) {
        snapshot.modules[0].tokens.push_back(key_without_certificate(serial));
        snapshot.modules[0].tokens.back().label = "SCCA";
    }
    const auto report = checks::judge(snapshot, options());
    std::vector<std::string> names;
    for (const auto& subject : report.subjects) {
        if (subject.kind == SubjectKind::token) names.push_back(subject.name);
    }
    CHECK(names == std::vector<std::string>{"SCCA A1", "SCCA A2"});
    snapshot.modules[0].tokens.pop_back();
    CHECK(checks::judge(snapshot, options()).subjects[2].name == "SCCA");
}

TEST_CASE("a key that another module shows as well is an answer of both") {
    token::Snapshot snapshot;
    snapshot.modules = {healthy_module("/a.so"), healthy_module("/b.so")};
    snapshot.modules[0].tokens.push_back(key_without_certificate("1"));
    snapshot.modules[1].tokens_elsewhere = 1;
    for (const auto& finding : findings(checks::judge(snapshot, options()), Rung::module_answers)) {
        CHECK(finding.outcome == Outcome::passed);
        CHECK(finding.evidence == report::Fields{{"calls", std::int64_t{0}}, {"tokens", std::int64_t{1}}});
    }
}
