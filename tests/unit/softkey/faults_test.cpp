// SPDX-License-Identifier: Apache-2.0
//
// Each fault brings its own trouble and no other, judged by OpenSSL; several come together; contradictions are refused.
#include "key_health.hpp"
#include "test_key.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace softkey_test;

namespace {

std::vector<std::string> fault_names() {
    const auto listed = run_command({SOFTKEY_CLI, "faults"});
    REQUIRE(listed.status == 0);
    std::vector<std::string> names;
    std::istringstream lines(listed.out);
    for (std::string line; std::getline(lines, line);) {
        names.push_back(line.substr(0, line.find(' ')));
        CHECK(line.find(" / ") != std::string::npos);
    }
    return names;
}

}  // namespace

TEST_CASE("a fresh key is healthy, with SM2 and with RSA") {
    CHECK(troubles_of(TestKey().folder()).empty());
    CHECK(troubles_of(TestKey({"--rsa"}).folder()).empty());
    CHECK(troubles_of(TestKey({"--holder", "四川练习 $HOME #1 \"股份\" 有限公司"}).folder()).empty());
}

TEST_CASE("every fault on the list brings its own trouble and no other") {
    const auto names = fault_names();
    CHECK(names.size() == 30);
    for (const auto& name : names) {
        INFO(name);
        CHECK(troubles_of(TestKey({"--fault", name}).folder()) == std::set<std::string>{name});
    }
}

TEST_CASE("faults of an RSA key are the same") {
    for (const std::string name : {"cert-forged", "cert-key-mismatch", "cert-unreadable", "seal-cert-replaced"}) {
        INFO(name);
        CHECK(troubles_of(TestKey({"--rsa", "--fault", name}).folder()) == std::set<std::string>{name});
    }
}

TEST_CASE("faults that can be together are together") {
    const std::set<std::string> wanted{"pin-locked", "cert-expired", "seal-tampered", "cert-forged", "several-keys"};
    std::vector<std::string> options;
    for (const auto& name : wanted) {
        options.insert(options.end(), {"--fault", name});
    }
    CHECK(troubles_of(TestKey(options).folder()) == wanted);
}

TEST_CASE("faults that exclude each other are refused in one sentence and nothing is made") {
    using Pair = std::pair<std::string, std::string>;
    const auto [one, other] =
        GENERATE(Pair{"cert-expired", "cert-expiring"}, Pair{"pin-locked", "pin-few-tries"},
                 Pair{"pin-locked", "pin-initial"}, Pair{"key-blank", "seal-expired"},
                 Pair{"cert-not-found", "cert-forged"}, Pair{"seal-not-on-key", "seal-tampered"},
                 Pair{"seal-unreadable", "seal-picture-failed"}, Pair{"seal-tampered", "signature-encoding"},
                 Pair{"cert-other-issuer", "cert-forged"}, Pair{"seal-cert-replaced", "seal-key-mismatch"},
                 Pair{"cert-unreadable", "cert-key-mismatch"}, Pair{"seal-expired", "seal-renewal"},
                 Pair{"pin-initial", "pin-wrong"}, Pair{"cert-key-mismatch", "sign-operation-failed"});
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "key";
    const auto refused =
        run_command({SOFTKEY_CLI, "make", folder.string(), "--fault", one, "--fault", other, "--lang", "en"});
    INFO(refused.err);
    CHECK(refused.status == 64);
    CHECK(refused.out.empty());
    CHECK(refused.err.find(one) != std::string::npos);
    CHECK(refused.err.find(other) != std::string::npos);
    CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
    CHECK_FALSE(std::filesystem::exists(folder));
}
