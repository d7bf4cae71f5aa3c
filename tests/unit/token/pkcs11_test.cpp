// SPDX-License-Identifier: Apache-2.0
//
// The PKCS#11 door, before a scripted module.
#include "look_fixture.hpp"

#include <algorithm>
#include <csignal>
#include <numeric>

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;

namespace {

Bytes octets(std::string_view text) { return {text.begin(), text.end()}; }

const ApplicationSeen& application_of(const Looked& looked) {
    REQUIRE(looked.first().tokens.size() == 1);
    REQUIRE(looked.first().tokens[0].applications.size() == 1);
    return looked.first().tokens[0].applications[0];
}

bool has_fault(const std::vector<Fault>& faults, const Fault& wanted) {
    return std::find(faults.begin(), faults.end(), wanted) != faults.end();
}

Fault code(const char* call, std::int64_t number) { return {FaultKind::code, call, "CKR", number, ""}; }

std::ptrdiff_t called(const Looked& looked, std::string_view call) {
    return std::count_if(looked.first().steps.begin(), looked.first().steps.end(),
                         [&](const Step& step) { return step.call == call; });
}

}  // namespace

TEST_CASE("a key behind PKCS#11 is seen whole, by reading alone") {
    const auto looked = look_at({fake("fake_pkcs11")});
    const ModuleSeen& module = looked.first();
    CHECK_FALSE(module.load_fault);
    CHECK_FALSE(module.answer_fault);
    CHECK(module.refusals.empty());
    REQUIRE(module.tokens.size() == 1);
    const TokenSeen& token = module.tokens[0];
    CHECK(token.device == "slot 7");
    CHECK(token.label == "测试");
    CHECK(token.manufacturer == "Fake Works");
    CHECK(token.serial == "F0001");
    const ApplicationSeen& application = application_of(looked);
    CHECK(application.name.empty());
    CHECK(application.faults.empty());
    CHECK(looked.count("call C_CloseSession") == 1);
    CHECK(looked.count("call C_Finalize") == 1);
}

TEST_CASE("the objects of one CKA_ID are one container, and an object without one stands alone") {
    const auto looked = look_at({fake("fake_pkcs11")});
    const auto& containers = application_of(looked).containers;
    REQUIRE(containers.size() == 3);
    CHECK(containers[0].name == "sign");
    REQUIRE(containers[0].certificates.size() == 1);
    // The last octet looks like an untouched one.
    CHECK(containers[0].certificates[0].content == octets("signing\xCC"));
    CHECK(containers[0].certificates[0].role == KeyRole::unknown);
    REQUIRE(containers[0].public_keys.size() == 1);
    CHECK(containers[0].algorithm == KeyAlgorithm::rsa);
    CHECK(containers[0].public_keys[0].content == octets(std::string(128, 'm')));
    CHECK(containers[1].name == "02");
    CHECK(containers[1].algorithm == KeyAlgorithm::sm2);
    REQUIRE(containers[1].public_keys.size() == 1);
    CHECK(containers[1].public_keys[0].content == octets(std::string(32, 'x') + std::string(32, 'y')));
    CHECK(containers[2].name == "authority");
    CHECK(containers[2].public_keys.empty());
}

TEST_CASE("data objects are files, and one larger than the first buffer is read again") {
    const auto looked = look_at({fake("fake_pkcs11")});
    const auto& files = application_of(looked).files;
    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "SealData");
    CHECK(files[0].size == 5000);
    CHECK(files[0].content.size() == 5000);
    CHECK(files[0].content.back() == 0xCC);
    CHECK(files[1].name == "LARGE");
    CHECK(files[1].content == octets(std::string(70000, 'l')));
}

TEST_CASE("the PIN's state is told from flags, and nothing is made up where there is none") {
    const auto pin_with = [](const std::string& flags) {
        return application_of(look_at({fake("fake_pkcs11")}, "C_GetTokenInfo:lie=" + flags)).pin;
    };
    CHECK(pin_with("0") == PinSeen{.tries_max = {}, .tries_left = {}, .locked = false, .few = false, .initial = {}});
    CHECK(pin_with("65536").few == true);
    CHECK_FALSE(pin_with("65536").tries_left);
    CHECK(pin_with("131072").few == true);
    CHECK(pin_with("131072").tries_left == 1U);
    CHECK(pin_with("262144").locked == true);
    CHECK(pin_with("524288").initial == true);
}

TEST_CASE("a token that nobody has initialised is no key") {
    const auto looked = look_at({fake("fake_pkcs11")});
    CHECK(called(looked, "C_GetTokenInfo") == 2);
    CHECK(called(looked, "C_OpenSession") == 1);
    const auto empty = look_at({fake("fake_pkcs11")}, "C_GetTokenInfo:fail=E0");
    CHECK(empty.first().tokens.empty());
    CHECK(empty.first().refusals.empty());
    const auto unknown = look_at({fake("fake_pkcs11")}, "C_GetTokenInfo:fail=E1");
    CHECK(unknown.first().tokens.empty());
    CHECK(unknown.first().refusals == std::vector{code("C_GetTokenInfo", 0xE1)});
}

TEST_CASE("a PKCS#11 module that cannot be initialised has refused, and is asked nothing more") {
    const auto looked = look_at({fake("fake_pkcs11")}, "C_Initialize:fail=5");
    CHECK_FALSE(looked.first().load_fault);
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(looked.first().refusals == std::vector{code("C_Initialize", 5)});
    CHECK(looked.ledger.back() == "spent C_Initialize:fail=5");
}

TEST_CASE("what one PKCS#11 call refuses does not stop the others") {
    const auto info = look_at({fake("fake_pkcs11")}, "C_GetInfo:fail=5");
    CHECK(info.first().refusals == std::vector{code("C_GetInfo", 5)});
    CHECK(application_of(info).containers.size() == 3);
    const auto session = look_at({fake("fake_pkcs11")}, "C_OpenSession:fail=E1");
    CHECK(application_of(session).faults == std::vector{code("C_OpenSession", 0xE1)});
    CHECK(application_of(session).pin.locked == false);
    const auto search = look_at({fake("fake_pkcs11")}, "C_FindObjectsInit#2:fail=30");
    CHECK(application_of(search).faults == std::vector{code("C_FindObjectsInit", 0x30)});
    CHECK(application_of(search).containers.size() == 3);
    CHECK(application_of(search).files.size() == 2);
    const auto find = look_at({fake("fake_pkcs11")}, "C_FindObjects:fail=30");
    CHECK(application_of(find).faults == std::vector{code("C_FindObjects", 0x30)});
    CHECK(find.count("call C_FindObjectsFinal") == 3);
}

TEST_CASE("whatever ends a PKCS#11 module in a call names the call and keeps what was read before") {
    const auto end_of = [](const std::string& script) {
        const auto looked = look_at({fake("fake_pkcs11")}, script, short_timeout);
        REQUIRE(looked.first().answer_fault);
        return *looked.first().answer_fault;
    };
    CHECK(end_of("C_GetFunctionList:crash") == Fault{FaultKind::crashed, "C_GetFunctionList", "", SIGSEGV, "SIGSEGV"});
    CHECK(end_of("C_Initialize:hang") == Fault{FaultKind::hung, "C_Initialize", "", short_timeout.count(), ""});
    CHECK(end_of("C_GetSlotList:exit") == Fault{FaultKind::exited, "C_GetSlotList", "", 0, ""});
    CHECK(end_of("C_Finalize:abort") == Fault{FaultKind::crashed, "C_Finalize", "", SIGABRT, "SIGABRT"});
    const auto late = look_at({fake("fake_pkcs11")}, "C_GetTokenInfo#2:crash");
    CHECK(late.first().answer_fault->call == "C_GetTokenInfo");
    CHECK(application_of(late).files.size() == 2);
}

TEST_CASE("a PKCS#11 module that lies about lengths is noticed and read no further than it wrote") {
    const auto answer_to = [](const std::string& script) {
        const auto looked = look_at({fake("fake_pkcs11")}, script);
        REQUIRE(looked.first().answer_fault);
        CHECK(looked.first().answer_fault->kind == FaultKind::garbled);
        CHECK(looked.count("call C_Finalize") == 1);
        return looked.first().answer_fault->text;
    };
    CHECK(answer_to("C_GetSlotList:lie=65") == "claims 65 slots where there was room for 64");
    CHECK(answer_to("C_FindObjects:lie=4294967294") == "claims 4294967294 objects where there was room for 32");
    CHECK(answer_to("C_GetAttributeValue:lie=1025") == "claims 1025 octets where there was room for 1024");
    CHECK(answer_to("C_GetAttributeValue:overrun") == "wrote outside the memory it was given");
    CHECK(answer_to("C_GetSlotList:overrun") == "wrote outside the memory it was given");
    CHECK(answer_to("C_FindObjects:overrun") == "wrote outside the memory it was given");

    const auto unavailable = look_at({fake("fake_pkcs11")}, "C_GetAttributeValue:lie=4294967295");
    CHECK_FALSE(unavailable.first().answer_fault);
    CHECK(has_fault(application_of(unavailable).faults, {FaultKind::garbled, "C_GetAttributeValue", "", 0,
                                                         "said success and that the value cannot be had"}));
    const auto silent = look_at({fake("fake_pkcs11")}, "C_GetTokenInfo:ok");
    CHECK(silent.first().tokens.empty());
    REQUIRE(silent.first().refusals.size() == 1);
    CHECK(silent.first().refusals[0].text == "said success and wrote less than names and flags");
    const auto listless = look_at({fake("fake_pkcs11")}, "C_GetFunctionList:ok");
    CHECK(listless.first().answer_fault ==
          Fault{FaultKind::garbled, "C_GetFunctionList", "", 0, "said success and gave no list"});
}

TEST_CASE("a PKCS#11 module that gives the same objects for ever is left") {
    const auto looked = look_at({fake("fake_pkcs11")}, "C_FindObjects:big");
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(has_fault(application_of(looked).faults,
                    {FaultKind::garbled, "C_FindObjects", "", 0, "gives the same objects again and again"}));
    CHECK(application_of(looked).containers.size() == 2);
    CHECK(called(looked, "C_FindObjects") == 6);
}

TEST_CASE("a module with two doors is one module, and the key behind both is one key") {
    const auto looked = look_at({fake("fake_both")});
    REQUIRE(looked.snapshot.modules.size() == 1);
    const ModuleSeen& module = looked.first();
    CHECK(module.exports_skf);
    CHECK(module.exports_pkcs11);
    CHECK(module.abi == SkfAbi::ulong64_natural);
    CHECK(called(looked, "SKF_EnumDev") == 1);
    CHECK(called(looked, "C_GetSlotList") == 1);
    REQUIRE(module.tokens.size() == 1);
    const TokenSeen& token = module.tokens[0];
    CHECK(token.device == "FAKE-1");
    CHECK(token.applications.size() == 2);
    CHECK(token.applications[0].pin.tries_left == 9U);
    // Of the second door only what the first did not show.
    const ApplicationSeen& more = token.applications[1];
    CHECK(more.pin == PinSeen{});
    CHECK(more.files.size() == 1);
    CHECK(more.files[0].name == "LARGE");
    std::size_t certificates = 0;
    for (const auto& application : token.applications) {
        for (const auto& container : application.containers) certificates += container.certificates.size();
    }
    CHECK(certificates == 3);
}

TEST_CASE("one door that breaks leaves the other open") {
    const auto pkcs11 = look_at({fake("fake_both")}, "C_Initialize:crash");
    CHECK(pkcs11.first().answer_fault == Fault{FaultKind::crashed, "C_Initialize", "", SIGSEGV, "SIGSEGV"});
    CHECK(pkcs11.first().tokens.size() == 1);
    const auto skf = look_at({fake("fake_both")}, "SKF_EnumDev:crash");
    CHECK(skf.first().answer_fault == Fault{FaultKind::crashed, "SKF_EnumDev", "", SIGSEGV, "SIGSEGV"});
    CHECK(skf.first().tokens.size() == 1);
    const auto both = look_at({fake("fake_both")}, "SKF_EnumDev:crash,C_Initialize:hang", short_timeout);
    CHECK(both.first().answer_fault->call == "SKF_EnumDev");
    CHECK(has_fault(both.first().refusals, {FaultKind::hung, "C_Initialize", "", short_timeout.count(), ""}));
}
