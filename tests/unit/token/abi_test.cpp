// SPDX-License-Identifier: Apache-2.0
#include "look_fixture.hpp"

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;

namespace {

std::string expected_file() {
    std::string content(5000, 's');
    content[4095] = '\xCC';
    content[4999] = '\xCC';
    return content;
}

void check_healthy_key(const ModuleSeen& seen) {
    CHECK_FALSE(seen.load_fault);
    CHECK_FALSE(seen.answer_fault);
    CHECK(seen.refusals.empty());
    REQUIRE(seen.tokens.size() == 1);
    const TokenSeen& token = seen.tokens[0];
    CHECK(token.device == "FAKE-1");
    CHECK(token.manufacturer == "Fake Works");
    CHECK(token.label == std::string(32, 'L'));
    CHECK(token.serial == "F0001");
    CHECK(token.state == 1U);
    CHECK(token.faults.empty());
    REQUIRE(token.applications.size() == 1);
    const ApplicationSeen& application = token.applications[0];
    CHECK(application.name == "应用");
    CHECK(application.pin.tries_max == 10U);
    CHECK(application.pin.tries_left == 9U);
    CHECK(application.pin.initial == true);
    CHECK(application.faults.empty());
    REQUIRE(application.containers.size() == 1);
    const ContainerSeen& container = application.containers[0];
    CHECK(container.algorithm == KeyAlgorithm::sm2);
    REQUIRE(container.certificates.size() == 2);
    CHECK(container.certificates[0].role == KeyRole::sign);
    CHECK(as_text(container.certificates[0].content) == "signing\xCC");
    CHECK(as_text(container.certificates[1].content) == "encrypting");
    REQUIRE(container.public_keys.size() == 2);
    CHECK(container.public_keys[1].role == KeyRole::encrypt);
    CHECK(as_text(container.public_keys[1].content) == std::string(32, 'x') + std::string(32, 'y'));
    CHECK(container.faults.empty());
    REQUIRE(application.files.size() == 2);
    CHECK(application.files[0].size == 5000);
    CHECK(as_text(application.files[0].content) == expected_file());
    CHECK_FALSE(application.files[0].needs_pin);
    CHECK_FALSE(application.files[0].fault);
    CHECK(application.files[1].needs_pin);
    CHECK(application.files[1].content.empty());
}

}  // namespace

TEST_CASE("a key is read alike through modules of all four ABIs") {
    const auto [name, abi] = GENERATE(table<std::string, SkfAbi>({{"fake_skf_32_1", SkfAbi::ulong32_packed},
                                                                  {"fake_skf_32_0", SkfAbi::ulong32_natural},
                                                                  {"fake_skf_64_1", SkfAbi::ulong64_packed},
                                                                  {"fake_skf_64_0", SkfAbi::ulong64_natural}}));
    CAPTURE(name);
    const auto looked = look_at({fake(name)});
    REQUIRE(looked.snapshot.modules.size() == 1);
    check_healthy_key(looked.first());
    CHECK(looked.first().abi == abi);
}

TEST_CASE("a key behind four modules stands once, and nothing on it is doubled") {
    const auto looked =
        look_at({fake("fake_skf_32_1"), fake("fake_skf_32_0"), fake("fake_skf_64_1"), fake("fake_skf_64_0")});
    REQUIRE(looked.snapshot.modules.size() == 4);
    check_healthy_key(looked.snapshot.modules[0]);
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(looked.snapshot.modules[i].tokens.empty());
        CHECK(looked.snapshot.modules[i].tokens_elsewhere == 1);
    }
}

TEST_CASE("everything that is opened is closed, and nothing behind a PIN is asked for") {
    const auto looked = look_at({fake("fake_skf_32_1")});
    CHECK(looked.count("call SKF_ConnectDev") == looked.count("call SKF_DisConnectDev"));
    CHECK(looked.count("call SKF_OpenApplication") == looked.count("call SKF_CloseApplication"));
    CHECK(looked.count("call SKF_OpenContainer") == looked.count("call SKF_CloseContainer"));
    CHECK(looked.count("call SKF_ConnectDev") == 1);
    // One block of 4096, twice because it ends like untouched memory, then the rest, twice for the same reason.
    CHECK(looked.count("call SKF_ReadFile") == 4);
}

TEST_CASE("cells of four octets are overwritten by a module with a ULONG of 64 bits, and that is noticed") {
    const std::string narrow = std::string(SCCA_FAKES) + "/scca-module-host-narrow";
    const auto wide = look_at({fake("fake_skf_64_0")}, {}, std::chrono::seconds(20), narrow);
    REQUIRE(wide.first().answer_fault);
    CHECK(wide.first().answer_fault->kind == FaultKind::garbled);
    CHECK(wide.first().answer_fault->call == "SKF_EnumDev");

    const auto fitting = look_at({fake("fake_skf_32_0")}, {}, std::chrono::seconds(20), narrow);
    CHECK_FALSE(fitting.first().answer_fault);
}

TEST_CASE("a module that writes past a buffer is named by the call, and the rest is still read") {
    const auto looked = look_at({fake("fake_skf_32_1")}, "SKF_ExportCertificate:overrun");
    REQUIRE(looked.first().answer_fault);
    CHECK(looked.first().answer_fault->kind == FaultKind::garbled);
    CHECK(looked.first().answer_fault->call == "SKF_ExportCertificate");
    CHECK(looked.first().tokens.at(0).applications.at(0).files.size() == 2);
}

TEST_CASE("a module that claims more than there was room for is not believed") {
    const auto looked = look_at({fake("fake_skf_64_0")}, "SKF_EnumContainer:lie=4000000000");
    REQUIRE(looked.first().answer_fault);
    CHECK(looked.first().answer_fault->call == "SKF_EnumContainer");
    CHECK(looked.first().tokens.at(0).applications.at(0).containers.empty());
    CHECK(looked.first().tokens.at(0).applications.at(0).files.size() == 2);
}

TEST_CASE("success without an answer is told, and stops only what needs the answer") {
    const auto looked =
        look_at({fake("fake_skf_32_1")},
                "SKF_GetDevInfo:ok,SKF_GetDevInfo#2:ok,SKF_ExportCertificate:ok,SKF_ExportCertificate#2:"
                "ok,SKF_GetFileInfo#2:ok,SKF_GetFileInfo#3:ok");
    const ModuleSeen& seen = looked.first();
    CHECK_FALSE(seen.answer_fault);
    const Fault nothing{FaultKind::garbled, "SKF_GetDevInfo", "", 0, "said success and wrote nothing"};
    CHECK(seen.tokens.at(0).faults == std::vector<Fault>{nothing});
    const ContainerSeen& container = seen.tokens[0].applications.at(0).containers.at(0);
    REQUIRE(container.faults.size() == 1);
    CHECK(container.faults[0].call == "SKF_ExportCertificate");
    REQUIRE(container.certificates.size() == 1);
    CHECK(container.certificates[0].role == KeyRole::encrypt);

    const auto without_handle = look_at({fake("fake_skf_32_1")}, "SKF_OpenContainer:ok");
    REQUIRE(without_handle.first().tokens.at(0).applications.at(0).containers.at(0).faults.size() == 1);
    CHECK(without_handle.count("call SKF_CloseContainer") == 0);
}

TEST_CASE("a refused call is a fault where it happened, a missing certificate is none") {
    const auto looked =
        look_at({fake("fake_skf_64_0")}, "SKF_GetPINInfo:fail=0A000005,SKF_ExportCertificate#2:fail=0A00001C");
    const ApplicationSeen& application = looked.first().tokens.at(0).applications.at(0);
    CHECK(application.faults == std::vector<Fault>{{FaultKind::code, "SKF_GetPINInfo", "SAR", 0x0A000005, ""}});
    CHECK_FALSE(application.pin.tries_left);
    CHECK(application.containers.at(0).certificates.size() == 1);
    CHECK(application.containers[0].faults.empty());

    const auto no_device = look_at({fake("fake_skf_64_0")}, "SKF_EnumDev:fail=00000001");
    CHECK(no_device.first().refusals == std::vector<Fault>{{FaultKind::code, "SKF_EnumDev", "SAR", 1, ""}});
    CHECK(no_device.first().tokens.empty());
}

TEST_CASE("a file that ends early keeps what was read, and says so") {
    const auto looked = look_at({fake("fake_skf_32_1")}, "SKF_ReadFile#3:lie=0");
    const FileSeen& file = looked.first().tokens.at(0).applications.at(0).files.at(0);
    CHECK(file.content.size() == 4096);
    REQUIRE(file.fault);
    CHECK(file.fault->text == "ended after 4096 octets of 5000");
}

TEST_CASE("a certificate larger than the first buffer is asked for once more, with as much room as it needs") {
    const auto looked = look_at({fake("fake_skf_64_1")}, "SKF_ExportCertificate#1:big,SKF_ExportCertificate#2:big");
    const ContainerSeen& container = looked.first().tokens.at(0).applications.at(0).containers.at(0);
    REQUIRE(container.certificates.size() == 2);
    CHECK(container.certificates[0].content == Bytes(20000, 'b'));
    CHECK(looked.count("call SKF_ExportCertificate") == 3);

    const auto refused = look_at({fake("fake_skf_64_1")}, "SKF_ExportCertificate:fail=0A000020");
    CHECK(refused.first().tokens.at(0).applications.at(0).containers.at(0).faults.size() == 1);
    CHECK(refused.count("call SKF_ExportCertificate") == 2);
}

TEST_CASE("of a list that is longer than anybody looks at it is told how much was left") {
    const auto looked = look_at({fake("fake_skf_32_1")}, "SKF_EnumFiles:big,SKF_EnumContainer:big");
    const ApplicationSeen& application = looked.first().tokens.at(0).applications.at(0);
    CHECK(application.files.size() == 128);
    CHECK(application.files_left == 72);
    CHECK(application.containers.size() == 64);
    CHECK(application.containers_left == 36);
    const auto whole = look_at({fake("fake_skf_32_1")});
    CHECK(whole.first().tokens.at(0).applications.at(0).files_left == 0);
}
