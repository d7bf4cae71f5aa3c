// SPDX-License-Identifier: Apache-2.0
//
// The socket of the smart card service, in the states that the PC/SC library calls alike, and which door to a key was
// the expected one.
#include "service_fixture.hpp"

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;
using reading::evidence;
using reading::said;

namespace {

void plug_in_ccid_key(Snapshot& snapshot, const fake::Tree& tree) {
    fake::UsbDevice key(tree, "1-2", "096e", "0807");
    key.interface("0b");
    plug_in(snapshot, tree);
}

}  // namespace

TEST_CASE("the states of the service's socket are told apart, and no process is started to find out") {
    Service service;
    std::string reason;
    SECTION("neither a socket nor the service") { reason = "not-installed"; }
    SECTION("the service is installed and has no socket") {
        service.tree().file("pcscd", "");
        reason = "socket-missing";
    }
    SECTION("a socket that was left behind") {
        service.listen();
        service.end();
        reason = "socket-stale";
    }
    SECTION("a file that is no socket") {
        service.tree().file("pcscd.comm", "");
        reason = "socket-stale";
    }
    const Looked looked = service.look();
    CHECK_FALSE(looked.snapshot.pcsc->library);
    CHECK(looked.ledger.empty());
    Snapshot snapshot = looked.snapshot;
    plug_in_ccid_key(snapshot, service.tree());
    const auto report = judge(snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::service_not_running});
    CHECK(evidence(report, Rung::machine_pcsc, "reason") == reason);
    CHECK(evidence(report, Rung::machine_pcsc, "socket") == service.socket());
}

TEST_CASE("a socket that is closed to this user is told with its mode and owner") {
    Service service;
    service.listen();
    chmod(service.socket().c_str(), 0);
    Snapshot snapshot;
    // What connect(2) permits goes by the effective user, and root may do anything.
    const bool was_root = geteuid() == 0;
    if (was_root) REQUIRE(seteuid(65534) == 0);
    snapshot.pcsc = look_at_pcsc_socket(service.places());
    if (was_root) REQUIRE(seteuid(0) == 0);
    CHECK(snapshot.pcsc->socket_state == SocketState::forbidden);
    CHECK_FALSE(snapshot.pcsc->library);
    plug_in_ccid_key(snapshot, service.tree());
    const auto report = judge(snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::service_not_running});
    CHECK(evidence(report, Rung::machine_pcsc, "reason") == "socket-forbidden");
    CHECK(evidence(report, Rung::machine_pcsc, "mode") == "0000");
    CHECK_FALSE(evidence(report, Rung::machine_pcsc, "owner").empty());
}

TEST_CASE("a service that has not taken a connection for long hangs, and is not waited for") {
    Service service;
    service.listen(1);
    service.fill();
    const Looked looked = service.look();
    CHECK(looked.snapshot.pcsc->socket_state == SocketState::full);
    CHECK(looked.took < std::chrono::seconds(1));
    const auto report = judge(looked.snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::service_hung});
}

TEST_CASE("a library that the user named is asked, socket or not") {
    Service service;
    LookOptions options{SCCA_MODULE_HOST, {}, std::chrono::seconds(20)};
    options.pcsc = service.places();
    options.pcsc->library_was_given = true;
    const Looked looked = look_with(options);
    REQUIRE(looked.snapshot.pcsc->library);
    CHECK(said(judge(looked.snapshot), Rung::machine_pcsc) == "passed");
}

TEST_CASE("the environment names the socket, as it does for the library") {
    setenv("PCSCLITE_CSOCK_NAME", "/somewhere/else", 1);
    CHECK(usual_pcsc_places().socket == "/somewhere/else");
    unsetenv("PCSCLITE_CSOCK_NAME");
    CHECK(usual_pcsc_places().socket == "/run/pcscd/pcscd.comm");
}

TEST_CASE("which door was expected decides what a stopped service is") {
    Service service;
    Snapshot snapshot = service.look().snapshot;
    SECTION("a key with an interface of its maker's own: its module is missing, and that alone") {
        fake::UsbDevice key(service.tree(), "1-2", "055c", "e618");
        key.interface("03");
        plug_in(snapshot, service.tree());
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
        CHECK(said(report, Rung::machine_pcsc) == "noted");
    }
    SECTION("a key with a CCID interface: the service, and that alone") {
        plug_in_ccid_key(snapshot, service.tree());
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::service_not_running});
        CHECK(said(report, Rung::machine_driver) == "noted");
    }
    SECTION("a token that was reached through a module: a note") {
        add_token(snapshot);
        const auto report = judge_doors(snapshot);
        CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::healthy);
        CHECK(said(report, Rung::machine_pcsc) == "noted");
    }
    SECTION("nothing at all: there is no key") {
        service.tree().folder("sys/bus/usb/devices");
        plug_in(snapshot, service.tree());
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::key_not_detected});
        CHECK(said(report, Rung::machine_usb) == "failed key-not-detected");
        CHECK(said(report, Rung::machine_pcsc) == "noted");
    }
}

TEST_CASE("a check without a key asks nothing of the service") {
    Service service;
    service.listen();
    checks::Options options;
    options.part = checks::Part::no_key;
    options.at = *parse_moment("2026-11-22");
    const auto report = checks::judge(service.look().snapshot, options);
    CHECK(said(report, Rung::machine_pcsc).empty());
    CHECK(said(report, Rung::reader_card).empty());
}
