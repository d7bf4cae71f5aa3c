// SPDX-License-Identifier: Apache-2.0
//
// Hand-made looks that did not see all of a key: nothing that may be there is called missing, and a key that was pulled
// out is called that.
#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"

#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using reading::evidence;
using reading::said;

namespace {

using Causes = std::vector<faq::Id>;

struct Key {
    token::Snapshot snapshot;

    Key() {
        token::ModuleSeen& module = snapshot.modules.emplace_back();
        module.path = "/opt/lib/libkey.so";
        module.exports_pkcs11 = true;
        token::TokenSeen& token = module.tokens.emplace_back();
        token.label = "key";
        token.serial = "1";
        token.applications.emplace_back();
    }
    token::ApplicationSeen& application() { return snapshot.modules[0].tokens[0].applications[0]; }
    token::ContainerSeen& add_container() {
        token::ContainerSeen& container = application().containers.emplace_back();
        container.public_keys.push_back({token::KeyRole::sign, token::KeyAlgorithm::sm2, Bytes(64, 1)});
        return container;
    }
    [[nodiscard]] report::Report judge(bool sign_test = false) const {
        checks::Options options;
        options.at = *parse_moment("2026-11-22");
        options.sign_test = sign_test;
        return checks::judge(snapshot, options);
    }
};

}  // namespace

TEST_CASE("a key that shows nothing before its PIN is entered is not called blank") {
    Key key;
    CHECK(said(key.judge(), Rung::token_application) == "failed key-blank");
    key.application().hides_objects = true;
    const auto report = key.judge();
    CHECK(report::root_causes(report).empty());
    for (const Rung rung : {Rung::token_application, Rung::cert_found, Rung::seal_found}) {
        CHECK(said(report, rung) == "unknown");
        CHECK(evidence(report, rung, "reason") == "behind-pin");
    }
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::unknown);
}

TEST_CASE("a seal that may be among private objects is unknown, not missing") {
    Key key;
    key.add_container();
    CHECK(said(key.judge(), Rung::seal_found) == "warned seal-not-on-key");
    key.application().hides_objects = true;
    CHECK(said(key.judge(), Rung::seal_found) == "unknown");
    // A certificate is private on no key: without one the container lacks it.
    CHECK(said(key.judge(), Rung::token_container) == "failed cert-not-found");
}

TEST_CASE("where a list was cut short, what was not found is unknown") {
    Key key;
    key.add_container();
    key.application().files_left = 872;
    CHECK(said(key.judge(), Rung::seal_found) == "unknown");
    CHECK(evidence(key.judge(), Rung::seal_found, "files_left") == "872");
    CHECK(evidence(key.judge(), Rung::seal_found, "reason") == "cut-short");
    key.application().containers_left = 936;
    CHECK(said(key.judge(), Rung::token_container) == "unknown");
    CHECK(evidence(key.judge(), Rung::token_container, "containers_left") == "936");
    CHECK(said(key.judge(), Rung::cert_found) == "unknown");
}

TEST_CASE("a key that was pulled out while it was read is that, and lacks nothing") {
    Key key;
    token::ContainerSeen& container = key.add_container();
    SECTION("SKF") { container.faults.push_back({FaultKind::code, "SKF_ExportCertificate", "SAR", 0x0A000023, ""}); }
    SECTION("PKCS#11") { container.faults.push_back({FaultKind::code, "C_GetAttributeValue", "CKR", 0x32, ""}); }
    SECTION("while a file was read") {
        key.application().files.emplace_back().fault = Fault{FaultKind::code, "SKF_ReadFile", "SAR", 0x0A000023, ""};
    }
    const auto report = key.judge();
    CHECK(report::root_causes(report) == Causes{faq::id::key_removed});
    CHECK(said(report, Rung::token_application) == "failed key-removed");
    CHECK(said(report, Rung::token_container) == "blocked");
}

TEST_CASE("a count of tries that was refused is unknown, with its code") {
    Key key;
    key.add_container();
    CHECK(said(key.judge(), Rung::token_pin).empty());
    key.application().faults.push_back({FaultKind::code, "SKF_GetPINInfo", "SAR", 0x0A000001, ""});
    CHECK(said(key.judge(), Rung::token_pin) == "unknown");
    CHECK(evidence(key.judge(), Rung::token_pin, "code") == "0x0A000001");
}

TEST_CASE("a signature that was asked for and could not be tried is told, with what stands in its way") {
    Key key;
    const auto signs = [](const report::Report& report) { return reading::findings(report, Rung::key_signs); };
    CHECK(signs(key.judge()).empty());
    SECTION("a blank key") {
        REQUIRE(signs(key.judge(true)).size() == 1);
        CHECK(signs(key.judge(true))[0].outcome == report::Outcome::blocked);
        CHECK(signs(key.judge(true))[0].blocked_by == "token-1#token.application");
    }
    SECTION("no key at all") {
        key.snapshot.modules.clear();
        REQUIRE(signs(key.judge(true)).size() == 1);
        CHECK(signs(key.judge(true))[0].blocked_by == "machine.usb");
    }
    SECTION("a certificate that cannot be read") {
        key.add_container().certificates.push_back({token::KeyRole::sign, Bytes(100, 7)});
        REQUIRE(signs(key.judge(true)).size() == 1);
        CHECK(signs(key.judge(true))[0].blocked_by == "certificate-1#cert.readable");
    }
    SECTION("nothing can be seen") {
        key.application().hides_objects = true;
        CHECK(said(key.judge(true), Rung::key_signs) == "unknown");
        CHECK(evidence(key.judge(true), Rung::key_signs, "reason") == "no-signing-certificate");
    }
}
