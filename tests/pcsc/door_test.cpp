// SPDX-License-Identifier: Apache-2.0
//
// What a PC/SC library and the cards behind it can do wrong, call by call: which rung is broken, and which problem that
// is. The answers are those that pcsc-lite 1.9.9 was seen to give.
#include "service_fixture.hpp"

#include <csignal>

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;
using reading::evidence;
using reading::said;

namespace {

report::Report judged(const std::string& script, const std::string& readers = "22") {
    Service service;
    service.listen();
    return judge(service.look(script, readers).snapshot);
}

/// The same, for what waits until the deadline.
report::Report judged_in_vain(const std::string& script) {
    Service service;
    service.listen();
    return judge(service.look(script, "22", short_timeout).snapshot);
}

/// A machine with a CCID key on USB, so that PC/SC is the door to it.
report::Report judged_with_key(const std::string& script, const std::string& readers = "22") {
    Service service;
    service.listen();
    fake::UsbDevice key(service.tree(), "1-2", "096e", "0807");
    key.interface("0b");
    Snapshot snapshot = service.look(script, readers).snapshot;
    plug_in(snapshot, service.tree());
    return judge(snapshot);
}

void add_hung_opensc(Snapshot& snapshot) {
    ModuleSeen& module = snapshot.modules.emplace_back();
    module.path = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
    module.answer_fault = Fault{FaultKind::hung, "C_Initialize", {}, 1000, {}};
}

}  // namespace

TEST_CASE("a card that answers is named with its ATR and its maker, and is sent no command") {
    Service service;
    service.listen();
    const Looked looked = service.look();
    const auto& readers = looked.snapshot.pcsc->library->readers;
    REQUIRE(readers.size() == 1);
    CHECK(readers[0].name == "Fake Reader 00 00");
    CHECK(readers[0].state == 0x22U);
    CHECK(readers[0].connected);
    CHECK(readers[0].vendor == "Fake Works");
    CHECK(readers[0].faults.empty());
    CHECK(looked.count("call SCardConnect") == looked.count("call SCardDisconnect"));
    CHECK(looked.count("call SCardReleaseContext") == 1);
    const auto report = judge(looked.snapshot);
    CHECK(said(report, Rung::machine_pcsc) == "passed");
    CHECK(said(report, Rung::reader_found) == "passed");
    CHECK(said(report, Rung::reader_card) == "passed");
    CHECK(said(report, Rung::reader_free) == "passed");
    CHECK(said(report, Rung::reader_answers) == "passed");
    CHECK(evidence(report, Rung::reader_card, "atr") == "3b058073f701c0");
    CHECK(evidence(report, Rung::reader_card, "vendor").find("Mingwah") != std::string::npos);
    // The card is there, and nothing here knows it.
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
}

TEST_CASE("a service that says no, or goes away while it is asked, is not running for us") {
    const auto [script, reason] = GENERATE(table<std::string, std::string>({
        {"SCardEstablishContext:fail=8010001d", "connection-closed"},
        {"SCardEstablishContext:fail=8010001e", "connection-closed"},
        {"SCardEstablishContext:fail=80100013", "connection-closed"},
        {"SCardEstablishContext:fail=8010006a", "socket-forbidden"},
        {"SCardListReaders:fail=8010001d", "ended-meanwhile"},
        {"SCardGetStatusChange:fail=80100013", "ended-meanwhile"},
        {"SCardGetStatusChange:fail=8010001d", "ended-meanwhile"},
        {"SCardConnect:fail=8010001d", "ended-meanwhile"},
        {"SCardConnect:fail=8010006a", "socket-forbidden"},
        {"SCardReleaseContext:fail=8010001d", "ended-meanwhile"},
    }));
    CAPTURE(script);
    const auto report = judged_with_key(script);
    CHECK(report::root_causes(report) == Causes{faq::id::service_not_running});
    CHECK(said(report, Rung::machine_pcsc) == "failed service-not-running");
    CHECK(evidence(report, Rung::machine_pcsc, "reason") == reason);
    CHECK(said(report, Rung::reader_found) == "blocked");
    CHECK(said(report, Rung::machine_driver) == "noted");
}

TEST_CASE("a service that takes the connection and never answers hangs, and that alone is told") {
    const std::string call = GENERATE("SCardEstablishContext", "SCardListReaders", "SCardGetStatusChange");
    CAPTURE(call);
    const auto report = judged_in_vain(call + ":hang");
    CHECK(report::root_causes(report) == Causes{faq::id::service_hung});
    CHECK(said(report, Rung::machine_pcsc) == "failed service-hung");
    CHECK(evidence(report, Rung::machine_pcsc, "call") == call);
    CHECK(evidence(report, Rung::machine_pcsc, "deadline_ms") == std::to_string(short_timeout.count()));
    CHECK(said(report, Rung::machine_usb) == "noted");
}

TEST_CASE("a service that has nothing but an error for us is one to start anew, and its code is told") {
    const auto [call, code, symbol] = GENERATE(table<std::string, std::string, std::string>({
        {"SCardEstablishContext", "80100001", "SCARD_F_INTERNAL_ERROR"},
        {"SCardListReaders", "8010002F", "SCARD_E_COMM_DATA_LOST"},
    }));
    CAPTURE(call);
    std::string script = call;
    script += ":fail=";
    script += code;
    const auto report = judged_with_key(script);
    CHECK(report::root_causes(report) == Causes{faq::id::service_hung});
    CHECK(said(report, Rung::machine_pcsc) == "failed service-hung");
    CHECK(evidence(report, Rung::machine_pcsc, "reason") == "error");
    CHECK(evidence(report, Rung::machine_pcsc, "call") == call);
    CHECK(evidence(report, Rung::machine_pcsc, "code") == "0x" + code);
    CHECK(evidence(report, Rung::machine_pcsc, "symbol") == symbol);
    CHECK(said(report, Rung::reader_found) == "blocked");
    // Nobody expects it to lead to a key: worth a note.
    CHECK(said(judged(script, "12"), Rung::machine_pcsc) == "noted");
}

TEST_CASE("a card that one reader forbids and another allows is no service that forbids") {
    Service service;
    service.listen();
    const auto report = judge(service.look("SCardConnect#1:fail=8010006a", "22,22").snapshot);
    CHECK(said(report, Rung::machine_pcsc) == "passed");
    CHECK(said(report, Rung::reader_answers) == "unknown, passed");
}

TEST_CASE("a service without a reader") {
    const std::string script = GENERATE("SCardListReaders:fail=8010002e", "");
    const auto report = judged_with_key(script, "");
    CHECK(report::root_causes(report) == Causes{faq::id::reader_not_found});
    CHECK(said(report, Rung::reader_found) == "failed reader-not-found");
    CHECK(said(report, Rung::machine_pcsc) == "passed");
}

TEST_CASE("what a reader's state says of its card") {
    const auto [state, rung, outcome] = GENERATE(table<std::string, Rung, std::string>({
        {"12", Rung::reader_card, "failed key-not-detected"},
        {"222", Rung::reader_card, "failed key-unresponsive"},
        {"a", Rung::reader_card, "failed key-unresponsive"},
        {"4", Rung::reader_card, "failed key-unresponsive"},
        {"8", Rung::reader_card, "failed key-unresponsive"},
        {"a2", Rung::reader_free, "failed key-held-by-another"},
        {"122", Rung::reader_free, "passed"},
    }));
    CAPTURE(state);
    const auto report = judged({}, state);
    CHECK(said(report, rung) == outcome);
    if (outcome == "passed") return;
    CHECK(report::root_causes(report).size() == 1);
    CHECK(said(report, Rung::machine_usb) == "noted");
}

TEST_CASE("what connecting to a card says of it") {
    const auto [code, rung, outcome] = GENERATE(table<std::string, Rung, std::string>({
        {"80100009", Rung::reader_card, "failed key-removed"},
        {"8010000b", Rung::reader_free, "failed key-held-by-another"},
        {"8010000c", Rung::reader_card, "failed key-not-detected"},
        {"8010000f", Rung::reader_card, "failed key-unresponsive"},
        {"80100011", Rung::reader_card, "failed key-removed"},
        {"80100016", Rung::reader_card, "failed key-removed"},
        {"80100017", Rung::reader_card, "failed key-removed"},
        {"80100065", Rung::reader_card, "failed key-unresponsive"},
        {"80100066", Rung::reader_card, "failed key-unresponsive"},
        {"80100067", Rung::reader_card, "failed key-unresponsive"},
        {"80100068", Rung::reader_free, "failed key-held-by-another"},
        {"80100069", Rung::reader_card, "failed key-removed"},
        {"80100006", Rung::reader_answers, "unknown"},
    }));
    CAPTURE(code);
    const auto report = judged("SCardConnect:fail=" + code);
    CHECK(said(report, rung) == outcome);
    CHECK(report::root_causes(report).size() == (outcome == "unknown" ? 0 : 1));
    CHECK(report::verdict(report, report::FailOn::warn) != report::Verdict::healthy);
}

TEST_CASE("a reader that vanished before its state was asked is one that was pulled") {
    const auto report = judged("SCardGetStatusChange:fail=80100009");
    CHECK(said(report, Rung::reader_card) == "failed key-removed");
}

TEST_CASE("a reader that is listed and not there is no reader") {
    const auto report = judged_with_key("SCardConnect:fail=80100009", "2");
    CHECK(report::root_causes(report) == Causes{faq::id::reader_not_found});
    CHECK(evidence(report, Rung::reader_found, "ghosts") == "Fake Reader 00 00");
    CHECK(said(report, Rung::reader_card) == "blocked");
}

TEST_CASE("a card that hangs is no hanging service, and hides nothing of the other readers") {
    const std::string call = GENERATE("SCardConnect", "SCardGetAttrib");
    Service service;
    service.listen();
    const Looked looked = service.look(call + ":hang", "22,12", short_timeout);
    REQUIRE(looked.snapshot.pcsc->library->readers.size() == 2);
    CHECK(looked.snapshot.pcsc->library->readers[1].state == 0x12U);
    const auto report = judge(looked.snapshot);
    CHECK(report::root_causes(report) == Causes{faq::id::key_unresponsive});
    CHECK(said(report, Rung::machine_pcsc) == "passed");
    CHECK(said(report, Rung::reader_answers) == "failed key-unresponsive");
    CHECK(evidence(report, Rung::reader_answers, "call") == call);
}

TEST_CASE("attributes are optional") {
    const std::string script =
        GENERATE("SCardGetAttrib:fail=8010001f", "SCardGetAttrib:fail=80100008", "SCardGetAttrib:fail=80100069");
    const auto report = judged(script);
    CHECK(said(report, Rung::reader_answers) == "passed");
    CHECK(evidence(report, Rung::reader_card, "reader_vendor").empty());
}

TEST_CASE("an empty reader beside one with a card is no fault") {
    const auto report = judged({}, "12,22");
    CHECK(said(report, Rung::reader_card) == "noted, passed");
    CHECK(report::root_causes(report) == Causes{faq::id::key_driver_missing});
}

TEST_CASE("a PC/SC library that crashes, ends the process or lies is at fault itself") {
    const auto [script, call] = GENERATE(table<std::string, std::string>({
        {"SCardEstablishContext:crash", "SCardEstablishContext"},
        {"SCardListReaders:exit", "SCardListReaders"},
        {"SCardConnect:abort", "SCardConnect"},
        {"SCardListReaders:lie=70000", "SCardListReaders"},
        {"SCardGetStatusChange:lie=200", "SCardGetStatusChange"},
        {"SCardGetAttrib:lie=9999", "SCardGetAttrib"},
        {"SCardListReaders:overrun", "SCardListReaders"},
        {"SCardGetStatusChange:overrun", "SCardGetStatusChange"},
        {"SCardGetAttrib:overrun", "SCardGetAttrib"},
        {"SCardConnect:junk", "SCardConnect"},
        {"SCardConnect:deluge", "SCardConnect"},
    }));
    CAPTURE(script);
    const auto report = judged(script);
    CHECK(said(report, Rung::module_answers) == "failed driver-crashed");
    CHECK(evidence(report, Rung::module_answers, "call") == call);
    CHECK(report::root_causes(report) == Causes{faq::id::driver_crashed});
    CHECK(said(report, Rung::machine_usb) != "failed key-not-detected");
}

TEST_CASE("a PC/SC library that crashes or hangs while it is loaded") {
    CHECK(said(judged("load:crash"), Rung::module_loads) == "failed driver-crashed");
    CHECK(said(judged_in_vain("load:hang"), Rung::module_loads) == "failed driver-hung");
}

TEST_CASE("a PC/SC library that leaves a child behind leaves none, and one that prints is heard") {
    Service service;
    service.listen();
    CHECK(service.look("SCardConnect:fork").snapshot.pcsc->library->readers[0].connected);
    CHECK(service.look("SCardConnect:print").snapshot.pcsc->library->printed.size() == 2);
}

TEST_CASE("the n-th call is told from the first") {
    Service service;
    service.listen();
    const Looked looked = service.look("SCardConnect#2:fail=80100067", "22,22,22");
    const auto report = judge(looked.snapshot);
    CHECK(said(report, Rung::reader_card) == "passed, failed key-unresponsive, passed");
}

TEST_CASE("a missing PC/SC library is said to be that") {
    Service service;
    service.listen();
    LookOptions options{SCCA_MODULE_HOST, {}, std::chrono::seconds(20)};
    options.pcsc = service.places();
    options.pcsc->library = "libpcsclite-that-nobody-has.so.1";
    const auto report = judge(look_with(options).snapshot);
    CHECK(said(report, Rung::module_file) == "failed driver-missing-library");
    CHECK(report::root_causes(report) == Causes{faq::id::driver_missing_library});
}

TEST_CASE("once a token was reached, a held, mute or empty card elsewhere is worth a note") {
    const std::string state = GENERATE("a2", "222", "12", "a");
    Service service;
    service.listen();
    Snapshot snapshot = service.look({}, state).snapshot;
    add_token(snapshot);
    CHECK(report::verdict(judge_doors(snapshot), report::FailOn::warn) == report::Verdict::healthy);
}

TEST_CASE("a module for cards that hangs with the service, or with a card, is not at fault itself") {
    const auto [script, culprit] = GENERATE(table<std::string, std::string>({
        {"SCardEstablishContext:hang", "machine.pcsc"},
        {"SCardConnect:hang", "reader-1#reader.answers"},
        {"SCardConnect:fail=80100066", "reader-1#reader.card"},
        {"SCardConnect:fail=8010000b", "reader-1#reader.free"},
    }));
    Service service;
    service.listen();
    Snapshot snapshot = service.look(script, "22", short_timeout).snapshot;
    add_hung_opensc(snapshot);
    const auto report = judge(snapshot);
    CHECK(report::root_causes(report).size() == 1);
    CHECK(reading::findings(report, Rung::module_answers).back().blocked_by == culprit);
    // Another maker's module that hangs does so by itself.
    snapshot.modules.back().path = "/usr/lib/libgm3000.1.0.so";
    CHECK(report::root_causes(judge(snapshot)).size() == 2);
}

TEST_CASE("a card that another program is busy with is that program's, and is not called dead") {
    Service service;
    service.listen();
    Snapshot snapshot = service.look("SCardConnect:hang", "122", short_timeout).snapshot;
    SECTION("nobody else is there: it is the card that does not answer") {
        CHECK(report::root_causes(judge(snapshot)) == Causes{faq::id::key_unresponsive});
    }
    SECTION("one program is known") {
        snapshot.pcsc->clients = {{4711, "helper"}};
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::key_held_by_another});
        CHECK(said(report, Rung::reader_free) == "failed key-held-by-another");
        CHECK(evidence(report, Rung::reader_free, "holder") == "helper (pid 4711)");
        CHECK(evidence(report, Rung::reader_free, "call") == "SCardConnect");
        CHECK(said(report, Rung::reader_answers) == "blocked");
    }
    SECTION("one that this user may not see") {
        snapshot.pcsc->hidden_clients = 1;
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::key_held_by_another});
        CHECK(evidence(report, Rung::reader_free, "reason") == "holder-unknown");
    }
    SECTION("a module for cards that waits for the same turn is not at fault itself") {
        snapshot.pcsc->clients = {{4711, "helper"}};
        add_hung_opensc(snapshot);
        const auto report = judge(snapshot);
        CHECK(report::root_causes(report) == Causes{faq::id::key_held_by_another});
        CHECK(reading::findings(report, Rung::module_answers).back().blocked_by == "reader-1#reader.free");
    }
    SECTION("once a token was reached it is worth a note") {
        snapshot.pcsc->clients = {{4711, "helper"}};
        add_token(snapshot);
        CHECK(report::root_causes(judge_doors(snapshot)).empty());
    }
}

TEST_CASE("a check without a key blames the service that hangs, and no module that hangs with it") {
    Service service;
    service.listen();
    checks::Options options;
    options.part = checks::Part::no_key;
    options.at = *parse_moment("2026-11-22");
    SECTION("the service hangs") {
        Snapshot snapshot = service.look("SCardEstablishContext:hang", "22", short_timeout).snapshot;
        add_hung_opensc(snapshot);
        const auto report = checks::judge(snapshot, options);
        CHECK(report::root_causes(report) == Causes{faq::id::service_hung});
        CHECK(said(report, Rung::machine_pcsc) == "failed service-hung");
        CHECK(reading::findings(report, Rung::module_answers).back().blocked_by == "machine.pcsc");
    }
    SECTION("a card does, which is not asked about: nobody knows of the module") {
        Snapshot snapshot = service.look("SCardConnect:hang", "22", short_timeout).snapshot;
        add_hung_opensc(snapshot);
        const auto report = checks::judge(snapshot, options);
        CHECK(report::root_causes(report).empty());
        CHECK(said(report, Rung::module_answers) == "unknown");
    }
    SECTION("a service that is absent or has no reader is no matter") {
        const std::string script = GENERATE("SCardEstablishContext:fail=8010001d", "SCardListReaders:fail=8010002e");
        const auto report = checks::judge(service.look(script).snapshot, options);
        CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::healthy);
        CHECK(said(report, Rung::machine_pcsc).empty());
    }
}
