// SPDX-License-Identifier: Apache-2.0
#include "../checks/certificate_cases.hpp"
#include "marked_der.hpp"

#include "scca/archive/archive.hpp"
#include "scca/checks/judge.hpp"

#include "scca/faq/ids.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::token;

namespace {

/// Something of everything, also what no text can hold.
Snapshot sample() {
    Snapshot snapshot;
    snapshot.taken_at = parse_moment("2026-11-22T03:04:05Z").value();
    ModuleSeen& module = snapshot.modules.emplace_back();
    module.path = "/usr/lib/libkey.so";
    module.exports_skf = true;
    module.abi = SkfAbi::ulong64_natural;
    module.answer_fault = Fault{FaultKind::code, "SKF_OpenContainer", "SAR", 0x0A00'0031, "\xB4\xED\xCE\xF3"};
    module.printed = {"", "two\nlines"};
    module.steps = {{"SKF_EnumDev", 7, std::chrono::microseconds(1234)}};
    module.duration = std::chrono::milliseconds(56);
    TokenSeen& token = module.tokens.emplace_back();
    token.reference = {0xB4, 0xED, 0x00};
    token.state = 1;
    ApplicationSeen& application = token.applications.emplace_back();
    application.pin = {.tries_max = 8, .tries_left = 0, .locked = true, .few = {}, .initial = false};
    ContainerSeen& container = application.containers.emplace_back();
    container.certificates.push_back({KeyRole::sign, {0x30, 0x00, 0xFF}});
    application.route = {"/usr/lib/libkey.so", ModuleKind::pkcs11, token.reference};
    container.public_keys.push_back({KeyRole::encrypt, KeyAlgorithm::sm2, Bytes(64, 9)});
    application.files.push_back({"seal", 70'000, true, {}, Fault{FaultKind::system, "read", {}, -5, "no"}});
    snapshot.usb = UsbSeen{true, false, {}};
    snapshot.usb->devices.push_back({"1-2", 0x055C, 0xE618, "龙脉", "key", {{3, "usbhid", false}}, {}, 2, "", {}, ""});
    snapshot.usb->devices[0].node = NodeSeen{"/dev/bus/usb/001/002", 13, 0600, "root", "root"};
    snapshot.modules_found.push_back(
        {"/opt/a.so", false, true, ModuleOrigin::p11_kit, ModuleBar::others_write, "/opt"});
    snapshot.machine = MachineSeen{snapshot.taken_at, 9000, false, {{"证书助手", "/usr/share/a.desktop"}}};
    snapshot.trust.push_back({"ca.cer", test::marked_certificate(), {}});
    snapshot.fetched.push_back(
        {"http://a/b.crl", {}, {1, 2}, {}, std::chrono::milliseconds(3), true, snapshot.taken_at, {}});
    return snapshot;
}

std::string refusal_of(std::string_view text) {
    const auto parsed = archive::parse_snapshot(as_bytes(text));
    return parsed ? "none" : parsed.error().call + ": " + parsed.error().text;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a snapshot that was saved is the same when it is read") {
    const auto parsed = archive::parse_snapshot(as_bytes(archive::render_snapshot(sample())));
    REQUIRE(parsed);
    CHECK(*parsed == sample());
}

TEST_CASE("what redaction has seen before comes back with the rest") {
    Redactor redactor;
    Snapshot safe = archive::redacted(sample(), redactor);
    REQUIRE(safe.seen_before_redaction);
    CHECK_FALSE(safe.seen_before_redaction->digests.empty());
    safe.seen_before_redaction->answers = {{QuestionSeen::listed, {1}, {2}, "yes", ""}};
    const auto parsed = archive::parse_snapshot(as_bytes(archive::render_snapshot(safe)));
    REQUIRE(parsed);
    CHECK(*parsed == safe);
    // Nothing can be masked twice: the second would spoil what the first has kept.
    CHECK(archive::redacted(safe, redactor) == safe);
}

TEST_CASE("a file of a newer program is told from a damaged one") {
    const std::string text = archive::render_snapshot(sample());
    const auto newer =
        archive::parse_snapshot(as_bytes(replaced(text, "\"snapshot_version\": 1", "\"snapshot_version\": 9")));
    REQUIRE_FALSE(newer);
    CHECK(newer.error().call == "newer");
    CHECK(newer.error().number == 9);
    CHECK(refusal_of("") == "snapshot: no JSON document, or not all of one");
    CHECK(refusal_of("[]") == "snapshot: no snapshot_version");
    CHECK(refusal_of("{\"snapshot_version\": \"1\"}") == "snapshot: no snapshot_version");
    CHECK(refusal_of("{\"snapshot_version\": 1}") == "snapshot: missing");
    CHECK(refusal_of(text.substr(0, text.size() / 2)) == "snapshot: no JSON document, or not all of one");
    CHECK(refusal_of(std::string(100'000, '[')) == "snapshot: no JSON document, or not all of one");
}

TEST_CASE("a member that is missing, strange or out of bounds is named") {
    const std::string text = archive::render_snapshot(sample());
    CHECK(refusal_of(replaced(text, "\"exports_skf\"", "\"exports\"")) == "snapshot.modules.exports_skf: missing");
    CHECK(refusal_of(replaced(text, "\"state\": 1", "\"state\": -1")) ==
          "snapshot.modules.tokens.state: a whole number within bounds belongs here");
    CHECK(refusal_of(replaced(text, "\"state\": 1", "\"state\": 1.5")) ==
          "snapshot.modules.tokens.state: a whole number within bounds belongs here");
    CHECK(refusal_of(replaced(text, "\"duration_us\": 1234", "\"duration_us\": -1")) ==
          "snapshot.modules.steps.duration_us: no such span of time");
    CHECK(refusal_of(replaced(text, "\"kind\": \"code\"", "\"kind\": \"coda\"")) ==
          "snapshot.modules.answer_fault.kind: a word that this version does not know");
    CHECK(refusal_of(replaced(text, "\"MAD/\"", "\"M*D/\"")) ==
          "snapshot.modules.tokens.applications.containers.certificates.content: no base64");
    CHECK(refusal_of(replaced(text, "\"needs_pin\": true", "\"needs_pin\": true, \"pin\": \"1234\"")) ==
          "snapshot.modules.tokens.applications.files: members that this version does not know");
}

TEST_CASE("what was never asked of masked octets stays without an answer, and accuses nobody") {
    Redactor redactor;
    Snapshot snapshot;
    snapshot.files.push_back({"a.cer", test::marked_certificate(), {}});
    snapshot.trust = snapshot.files;
    const Snapshot safe = archive::redacted(snapshot, redactor);
    checks::Options options;
    options.at = parse_moment("2026-11-22").value();
    for (const report::Subject& subject : checks::judge(safe, options).subjects) {
        for (const report::Finding& finding : subject.findings) CHECK(finding.faq != faq::id::cert_forged);
    }
}

TEST_CASE("masked mail addresses are held against a CA's limits by what was found out before") {
    using Case = std::pair<std::string, std::vector<std::string>>;
    for (const auto& [name, trust] :
         {Case{"limited-mail", test::root}, Case{"limited-other-mail", test::root}, Case{"limited-other-mail", {}}}) {
        INFO(name << " trusting " << trust.size());
        Redactor redactor;
        Snapshot snapshot = test::snapshot_of({{name, "limited-ca"}, trust});
        snapshot.taken_at = test::options().at;
        const auto chain = [](const Snapshot& one) { return test::find(one, Rung::cert_chain, test::options()); };
        Snapshot safe = archive::redacted(snapshot, redactor);
        CHECK(safe.modules != snapshot.modules);
        test::expect(chain(safe), report::Outcome::unknown, faq::id::chain_unknown);
        safe.seen_before_redaction->answers = checks::find_answers(snapshot);
        const auto reread = archive::parse_snapshot(as_bytes(archive::render_snapshot(safe)));
        REQUIRE(reread);
        CHECK(chain(snapshot).outcome == (name == "limited-mail" ? report::Outcome::passed : report::Outcome::failed));
        CHECK(chain(*reread).outcome == chain(snapshot).outcome);
    }
}
