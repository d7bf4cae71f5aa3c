// SPDX-License-Identifier: Apache-2.0
#include "token/wire_reader.hpp"

#include "scca/token/wire.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::token;

namespace {

/// As a host says it of a key with one application, one container and one file. Hexadecimal texts are ASCII.
constexpr std::string_view transcript = R"(begin dlopen
end dlopen 00000000 1200
begin SKF_EnumDev
end SKF_EnumDev 00000000 30
open token
set device 44455631
begin SKF_ConnectDev
end SKF_ConnectDev 00000000 5
set label 4c
set manufacturer -
set abi 756c6f6e6733325f7061636b6564
set state 00000001
begin SKF_EnumApplication
end SKF_EnumApplication 00000000 5
open application
set name 415050
begin SKF_GetPINInfo
end SKF_GetPINInfo 0a00002e 5
fault code SKF_GetPINInfo SAR 0a00002e -
open container
set name 43
set algorithm 736d32
open certificate
set role 7369676e
set content 3082
close
fault garbled SKF_ExportPublicKey - 00000000 6f6464
close
open file
set name 5345414c
set size 00001388
set needs_pin 00
add content 0102
add content 03
close
close
fault not_loaded SKF_EnumFiles - 00000000 6e6f6e65
close
done
)";

struct Heard {
    ModuleSeen seen;
    bool done = false, garbled = false;
};

Heard hear(std::string_view text, std::size_t piece = std::string_view::npos) {
    Heard heard;
    WireReader reader(heard.seen);
    for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size())) reader.feed(text.substr(at, piece));
    heard.done = reader.done();
    heard.garbled = reader.garbled();
    return heard;
}

}  // namespace

TEST_CASE("what a host says of a key arrives as it was said") {
    const Heard heard = hear(transcript);
    REQUIRE(heard.done);
    const ModuleSeen& seen = heard.seen;
    CHECK(seen.abi == SkfAbi::ulong32_packed);
    CHECK_FALSE(seen.load_fault);
    CHECK_FALSE(seen.answer_fault);
    REQUIRE(seen.steps.size() == 5);
    CHECK(seen.steps[0] == Step{"dlopen", 0, std::chrono::microseconds(1200)});
    CHECK(seen.steps[4] == Step{"SKF_GetPINInfo", 0x0A00002E, std::chrono::microseconds(5)});
    CHECK(seen.refusals == std::vector<Fault>{{FaultKind::not_loaded, "SKF_EnumFiles", "", 0, "none"}});
    REQUIRE(seen.tokens.size() == 1);
    const TokenSeen& token = seen.tokens[0];
    CHECK(token.device == "DEV1");
    CHECK(token.label == "L");
    CHECK(token.state == 1U);
    REQUIRE(token.applications.size() == 1);
    const ApplicationSeen& application = token.applications[0];
    CHECK(application.name == "APP");
    CHECK(application.faults == std::vector<Fault>{{FaultKind::code, "SKF_GetPINInfo", "SAR", 0x0A00002E, ""}});
    REQUIRE(application.containers.size() == 1);
    const ContainerSeen& container = application.containers[0];
    CHECK(container.algorithm == KeyAlgorithm::sm2);
    CHECK(container.certificates == std::vector<CertificateSeen>{{KeyRole::sign, {0x30, 0x82}}});
    CHECK(container.faults == std::vector<Fault>{{FaultKind::garbled, "SKF_ExportPublicKey", "", 0, "odd"}});
    CHECK(application.files == std::vector<FileSeen>{{"SEAL", 5000, false, {1, 2, 3}, std::nullopt}});
}

TEST_CASE("it arrives the same in whatever pieces") {
    const ModuleSeen whole = hear(transcript).seen;
    for (std::size_t piece = 1; piece < 80; ++piece) CHECK(hear(transcript, piece).seen == whole);
}

TEST_CASE("a host that falls silent anywhere leaves what it said before, and the call it was in") {
    for (std::size_t size = 0; size < transcript.size(); ++size) {
        ModuleSeen seen;
        WireReader reader(seen);
        reader.feed(transcript.substr(0, size));
        CHECK_FALSE(reader.done());
        CHECK_FALSE(reader.garbled());
        reader.conclude({FaultKind::crashed, {}, {}, 11, "SIGSEGV"});
        const bool loading = size < transcript.find("begin SKF_EnumDev\n") + 18;
        REQUIRE((loading ? seen.load_fault : seen.answer_fault));
        const Fault& fault = loading ? *seen.load_fault : *seen.answer_fault;
        CHECK_FALSE((loading ? seen.answer_fault : seen.load_fault));
        const auto begun = transcript.substr(0, transcript.rfind('\n', size == 0 ? 0 : size - 1) + 1).rfind("begin ");
        const std::string call =
            size < 13 ? "scca-module-host"
                      : std::string(transcript.substr(begun + 6, transcript.find('\n', begun) - begun - 6));
        CHECK(fault.call == call);
    }
}

TEST_CASE("a line that is not of this language ends the reading and names the call") {
    const std::string start = "begin dlopen\nend dlopen 00000000 1\nbegin SKF_EnumDev\nend SKF_EnumDev 00000000 1\n";
    const auto lines = {
        "",
        " ",
        "\x01\xFFrm -rf",
        "hello",
        "begin",
        "begin a b",
        "begin SKF-X",
        "end SKF_EnumDev 00000000 1",
        "open",
        "open spoon",
        "open application",
        "open container",
        "close",
        "close now",
        "set label 4c",
        "set abi 4c",
        "set abi",
        "set abi 756c6f6e6733325f7061636b656",
        "add abi 756c6f6e6733325f7061636b6564",
        "fault code SKF_X SAR 0a00002e",
        "fault code SKF_X SAR 0a00002 -",
        "fault code SKF_X - 0a00002e -",
        "fault garbled SKF_X SAR 00000000 -",
        "fault spoilt SKF_X - 00000000 -",
        "fault code SKF_X SAR 0a00002e xy",
        "broken SKF_X",
        "unloadable 6e6f",
        "done now",
        "DONE",
        "done\r",
    };
    for (const std::string line : lines) {
        CAPTURE(line);
        const Heard heard = hear(start + line + "\ndone\n");
        CHECK(heard.garbled);
        CHECK_FALSE(heard.done);
        REQUIRE(heard.seen.answer_fault);
        CHECK(heard.seen.answer_fault->kind == FaultKind::garbled);
        CHECK(heard.seen.answer_fault->call == "SKF_EnumDev");
        CHECK(heard.seen.steps.size() == 2);
    }
}

TEST_CASE("fields are taken where they belong, once, and in their form") {
    const std::string open = "begin dlopen\nend dlopen 00000000 1\nopen token\n";
    CHECK(hear(open + "set label 4c\nclose\ndone\n").done);
    CHECK(hear(open + "set label 4c\nset label 4c\n").garbled);
    CHECK(hear(open + "set name 4c\n").garbled);
    CHECK(hear(open + "set state 01\n").garbled);
    CHECK(hear(open + "open application\nset pin_initial 02\n").garbled);
    CHECK(hear(open + "add label 4c\n").garbled);
    CHECK(hear(open + "done\n").garbled);
    CHECK(hear(open + "begin SKF_X\nset label 4c\n").garbled);
    CHECK(hear(open + "begin SKF_X\nbegin SKF_Y\n").garbled);
    CHECK(hear(open + "begin SKF_X\nend SKF_Y 00000000 1\n").garbled);
    CHECK(hear(open + "begin SKF_X\nend SKF_X 00000000 -1\n").garbled);
    CHECK(hear(open + "begin SKF_X\nend SKF_X 00000000 99999999999999999999\n").garbled);
    CHECK(hear(open + "open token\n").garbled);
}

TEST_CASE("what a thing is found again by, and a signature, are octets as they came") {
    const Heard heard = hear(
        "begin dlopen\nend dlopen 00000000 1\nopen token\nset reference d3a600ff\nopen application\nset reference d3\n"
        "open container\nset reference 00\nset signature 0102\nclose\nclose\nclose\ndone\n");
    REQUIRE(heard.done);
    const TokenSeen& token = heard.seen.tokens[0];
    CHECK(token.reference == Bytes{0xD3, 0xA6, 0, 0xFF});
    CHECK(token.applications[0].reference == Bytes{0xD3});
    CHECK(token.applications[0].containers[0].reference == Bytes{0});
    CHECK(token.applications[0].containers[0].signature == Bytes{1, 2});
}

TEST_CASE("more of anything than a host reads is refused") {
    std::string tokens = "begin dlopen\nend dlopen 00000000 1\n";
    for (std::size_t i = 0; i < wire::max_tokens; ++i) tokens += "open token\nclose\n";
    CHECK_FALSE(hear(tokens).garbled);
    CHECK(hear(tokens + "open token\n").garbled);

    std::string calls = "begin dlopen\nend dlopen 00000000 1\n";
    for (int i = 0; i < 10'000; ++i) calls += "begin SKF_X\nend SKF_X 00000001 1\nfault code SKF_X SAR 00000001 -\n";
    const Heard heard = hear(calls);
    CHECK_FALSE(heard.garbled);
    CHECK(heard.seen.steps.size() == 4096);
    CHECK(heard.seen.refusals.size() <= 256);
}

TEST_CASE("a line without end and a flood of lines are given up in time") {
    ModuleSeen seen;
    WireReader reader(seen);
    const std::string piece(64 * 1024, '5');
    std::size_t fed = 0;
    while (!reader.garbled() && fed <= 2 * wire::max_line) {
        reader.feed(piece);
        fed += piece.size();
    }
    CHECK(reader.garbled());
    CHECK(fed <= wire::max_line + piece.size());

    ModuleSeen flooded;
    WireReader other(flooded);
    const std::string lines = "begin SKF_X\nend SKF_X 00000000 1\n";
    fed = 0;
    while (!other.garbled() && fed <= 2 * wire::max_total) {
        other.feed(lines);
        fed += lines.size();
    }
    CHECK(other.garbled());
    CHECK(fed <= wire::max_total + lines.size());
}

TEST_CASE("an answer that cannot be right is kept beside the worse end that follows it") {
    ModuleSeen seen;
    WireReader reader(seen);
    reader.feed("begin dlopen\nend dlopen 00000000 1\nbegin SKF_X\nend SKF_X 00000000 1\nbroken SKF_X 6f6464\n");
    CHECK(seen.answer_fault == Fault{FaultKind::garbled, "SKF_X", "", 0, "odd"});
    reader.feed("begin SKF_Y\n");
    reader.conclude({FaultKind::hung, {}, {}, 10'000, {}});
    CHECK(seen.answer_fault == Fault{FaultKind::hung, "SKF_Y", "", 10'000, ""});
    CHECK(seen.refusals == std::vector<Fault>{{FaultKind::garbled, "SKF_X", "", 0, "odd"}});
}

TEST_CASE("a module that the loader refuses carries the loader's words") {
    const Heard heard = hear("begin dlopen\nunloadable 6e6f206c6962\ndone\n");
    CHECK(heard.done);
    CHECK(heard.seen.load_fault == Fault{FaultKind::not_loaded, "dlopen", "", 0, "no lib"});
}
