// SPDX-License-Identifier: Apache-2.0
//
// scca-softkey as a person uses it, and what the openssl command says of what it made.
#include "test_key.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

using namespace softkey_test;

namespace {

const std::string id = "distid:1234567812345678";

}  // namespace

TEST_CASE("openssl verifies the chain of both certificates and of the CAs under the common signer ID") {
    const TestKey key;
    const auto ca = (key.folder() / "ca").string();
    for (const std::string name : {"sign.crt", "enc.crt"}) {
        const auto leaf = run_command({"openssl", "verify", "-x509_strict", "-partial_chain", "-vfyopt", id, "-trusted",
                                       ca + "/issuing.pem", (key.container() / name).string()});
        INFO(leaf.err);
        CHECK(leaf.status == 0);
    }
    for (const std::string name : {"/issuing.pem", "/seal-ca.pem"}) {
        const auto upper =
            run_command({"openssl", "verify", "-x509_strict", "-vfyopt", id, "-CAfile", ca + "/root.pem", ca + name});
        INFO(upper.err);
        CHECK(upper.status == 0);
    }
}

TEST_CASE("openssl verifies the whole chain of an RSA key") {
    const TestKey key({"--rsa"});
    const auto ca = (key.folder() / "ca").string();
    const auto chain = run_command({"openssl", "verify", "-x509_strict", "-CAfile", ca + "/rsa-root.pem", "-untrusted",
                                    ca + "/issuing.pem", (key.container() / "sign.crt").string()});
    INFO(chain.err);
    CHECK(chain.status == 0);
}

TEST_CASE("openssl reads the seal and its names, and no root bears a real CA's name") {
    const TestKey key;
    const auto seal = run_command({"openssl", "asn1parse", "-inform", "DER", "-in", key.seal().string()});
    CHECK(seal.status == 0);
    CHECK(seal.out.find("SM2-with-SM3") != std::string::npos);
    CHECK(seal.out.find("四川练习建设工程有限公司（练习章）") != std::string::npos);
    for (const std::string name : {"root.pem", "issuing.pem", "seal-ca.pem"}) {
        const auto subject = run_command({"openssl", "x509", "-noout", "-subject", "-nameopt", "utf8,sep_comma_plus",
                                          "-in", (key.folder() / "ca" / name).string()});
        CHECK(subject.out.find("CN=ROOTCA") == std::string::npos);
        CHECK(subject.out.find("CN=SCCA") == std::string::npos);
        CHECK((subject.out.find("SCEGB CA") != std::string::npos) == (name == "issuing.pem"));
        CHECK((subject.out.find("training") != std::string::npos) == (name != "issuing.pem"));
    }
}

TEST_CASE("the seal's picture is a PNG that nobody takes for a company's seal") {
    const TestKey key;
    const auto seal = text_of_file(key.seal());
    const auto begin = seal.find("\x89PNG");
    REQUIRE(begin != std::string::npos);
    const auto end = seal.find("IEND", begin);
    REQUIRE(end != std::string::npos);
    CHECK(end + 8 - begin == 1347);
}

TEST_CASE("making says in one line what was made and how to check it") {
    const ScratchFolder scratch;
    const auto folder = (scratch.path() / "key").string();
    const auto zh = run_command({SOFTKEY_CLI, "make", folder, "--fault", "pin-locked", "--lang", "zh"});
    CHECK(zh.status == 0);
    CHECK(zh.err.empty());
    CHECK(std::count(zh.out.begin(), zh.out.end(), '\n') == 1);
    const std::vector<std::string> parts{"练习",
                                         "四川练习建设工程有限公司",
                                         "pin-locked",
                                         "SCCA_SOFTKEY_DIR='" + folder + "'",
                                         "scca-doctor check --module '/",
                                         "libscca-softkey.so'"};
    for (const auto& part : parts) {
        INFO(part << " in " << zh.out);
        CHECK(zh.out.find(part) != std::string::npos);
    }
    const auto en = run_command({SOFTKEY_CLI, "make", folder, "--lang=en"});
    CHECK(en.status == 0);
    CHECK(en.out.find("training") != std::string::npos);
    CHECK(en.out.find("pin-locked") == std::string::npos);
}

TEST_CASE("somebody else's folder is left alone, an old software key is replaced") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "thesis.txt") << "years of work";
    const auto refused = run_command({SOFTKEY_CLI, "make", scratch.path().string()});
    CHECK(refused.status == 73);
    CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
    CHECK_FALSE(std::filesystem::exists(scratch.path() / "ca"));
    const auto file = run_command({SOFTKEY_CLI, "make", (scratch.path() / "thesis.txt").string()});
    CHECK(file.status == 73);
    CHECK(text_of_file(scratch.path() / "thesis.txt") == "years of work");

    const TestKey key({"--fault", "several-keys"});
    const auto again = run_command({SOFTKEY_CLI, "make", key.folder().string(), "--fault", "key-blank"});
    CHECK(again.status == 0);
    CHECK_FALSE(std::filesystem::exists(key.folder() / "devices" / "softkey-2"));
    CHECK_FALSE(std::filesystem::exists(key.application()));
    const auto untouched = run_command({SOFTKEY_CLI, "make", key.folder().string(), "--holder", "a\nb"});
    CHECK(untouched.status == 64);
    CHECK(std::filesystem::exists(key.device() / "device.conf"));
}

TEST_CASE("a key made for another day has that day's dates") {
    const TestKey key({"--at", "2030-01-02"});
    const auto dates =
        run_command({"openssl", "x509", "-noout", "-dates", "-in", (key.container() / "sign.crt").string()});
    CHECK(dates.out == "notBefore=Jun 15 16:00:00 2029 GMT\nnotAfter=Jun 15 15:59:59 2031 GMT\n");
}

TEST_CASE("help, version and the fault list go to stdout, a wrong command line to stderr with 64") {
    CHECK(run_command({SOFTKEY_CLI, "--help"}).out.find("scca-softkey make") != std::string::npos);
    CHECK(run_command({SOFTKEY_CLI, "--version"}).out.starts_with("scca-softkey "));
    using Words = std::vector<std::string>;
    const auto words = GENERATE(Words{}, Words{"mend"}, Words{"make"}, Words{"make", "k", "--fault"},
                                Words{"make", "k", "--fault", "no-such"}, Words{"make", "k", "l"},
                                Words{"make", "k", "--at", "2026-02-30"}, Words{"make", "k", "--at", "tomorrow"},
                                Words{"make", "k", "--lang", "fr"}, Words{"make", "k", "--unheard-of"},
                                Words{"faults", "all"}, Words{"make", ""});
    auto line = words;
    line.insert(line.begin(), SOFTKEY_CLI);
    const auto refused = run_command(line);
    CHECK(refused.status == 64);
    CHECK(refused.out.empty());
    CHECK(refused.err.starts_with("scca-softkey: error: "));
    CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
}
