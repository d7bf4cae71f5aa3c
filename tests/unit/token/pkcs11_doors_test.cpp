// SPDX-License-Identifier: Apache-2.0
#include "token/doors.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace scca;
using namespace scca::token;

namespace {

TokenSeen token_with(const std::string& serial, std::initializer_list<std::string_view> certificates) {
    TokenSeen token;
    token.serial = serial;
    ContainerSeen container;
    for (const std::string_view one : certificates) {
        container.certificates.push_back({KeyRole::unknown, Bytes(one.begin(), one.end())});
    }
    ApplicationSeen application;
    application.containers.push_back(container);
    token.applications.push_back(application);
    return token;
}

ModuleSeen module_with(std::vector<TokenSeen> tokens) {
    ModuleSeen module;
    module.tokens = std::move(tokens);
    return module;
}

std::size_t keys_behind(const TokenSeen& one, const TokenSeen& other) {
    ModuleSeen module = module_with({one});
    join_door(module, module_with({other}));
    return module.tokens.size();
}

}  // namespace

TEST_CASE("the same serial number, or the same certificates, are the same key") {
    CHECK(keys_behind(token_with("A1", {"a"}), token_with("A1", {"b"})) == 1);
    CHECK(keys_behind(token_with("A1", {"a"}), token_with("long-A1", {"a"})) == 1);
    CHECK(keys_behind(token_with("", {"a"}), token_with("", {"a", "ca"})) == 1);
    CHECK(keys_behind(token_with("", {"a", "ca"}), token_with("", {"a"})) == 1);
}

TEST_CASE("two keys of one CA stay two, even when neither has a number of its own") {
    CHECK(keys_behind(token_with("A1", {"a"}), token_with("A2", {"b"})) == 2);
    CHECK(keys_behind(token_with("A1", {"a", "ca"}), token_with("A2", {"b", "ca"})) == 2);
    CHECK(keys_behind(token_with("0000000000000000", {"a"}), token_with("0000000000000000", {"b"})) == 2);
    CHECK(keys_behind(token_with("", {}), token_with("", {})) == 2);
}

TEST_CASE("two slots of one card are one key with a PIN each") {
    TokenSeen signing = token_with("A1", {"a"});
    signing.applications[0].pin.locked = false;
    TokenSeen other = token_with("A1", {"b"});
    other.applications[0].pin.locked = true;
    ModuleSeen module;
    join_door(module, module_with({signing, other}));
    REQUIRE(module.tokens.size() == 1);
    REQUIRE(module.tokens[0].applications.size() == 2);
    CHECK(module.tokens[0].applications[0].pin.locked == false);
    CHECK(module.tokens[0].applications[1].pin.locked == true);
}

TEST_CASE("where one door counts the tries, the other one's flags are no second word on them") {
    TokenSeen counting = token_with("A1", {"a"});
    counting.applications[0].pin.tries_max = 10;
    counting.applications[0].pin.tries_left = 2;
    TokenSeen flagging = token_with("A1", {"a"});
    flagging.applications[0].pin.few = true;
    ModuleSeen module = module_with({counting});
    join_door(module, module_with({flagging}));
    CHECK(module.tokens == std::vector{counting});
}

TEST_CASE("nothing is lost of what only one door could tell") {
    TokenSeen first = token_with("A1", {"a"});
    TokenSeen second = token_with("A1", {"a", "b"});
    second.label = "SCCA";
    second.applications[0].faults.push_back({FaultKind::code, "C_FindObjects", "CKR", 5, ""});
    ModuleSeen module = module_with({first});
    join_door(module, module_with({second}));
    REQUIRE(module.tokens.size() == 1);
    CHECK(module.tokens[0].label == "SCCA");
    REQUIRE(module.tokens[0].applications.size() == 2);
    CHECK(module.tokens[0].applications[1].faults.size() == 1);
    REQUIRE(module.tokens[0].applications[1].containers.size() == 1);
    REQUIRE(module.tokens[0].applications[1].containers[0].certificates.size() == 1);
    CHECK(module.tokens[0].applications[1].containers[0].certificates[0].content == Bytes{'b'});
}

TEST_CASE("of two doors that broke, a crash is told before an answer that cannot be right") {
    const Fault garbled{FaultKind::garbled, "SKF_GetPINInfo", "", 0, "wrote outside"};
    const Fault crashed{FaultKind::crashed, "C_Initialize", "", SIGSEGV, "SIGSEGV"};
    for (const auto& [one, other] : {std::pair{garbled, crashed}, std::pair{crashed, garbled}}) {
        ModuleSeen module;
        module.answer_fault = one;
        ModuleSeen heard;
        heard.answer_fault = other;
        join_door(module, heard);
        CHECK(module.answer_fault == crashed);
        CHECK(module.refusals == std::vector{garbled});
    }
    ModuleSeen module;
    module.load_fault = crashed;
    ModuleSeen heard;
    heard.load_fault = crashed;
    join_door(module, heard);
    CHECK(module.refusals.empty());
}

TEST_CASE(
    "a key behind two modules stands once, under the one that counts its tries, in whatever order they are asked") {
    TokenSeen counting = token_with("A1", {"a"});
    counting.label = "SKF";
    counting.applications[0].pin.tries_max = 10;
    counting.applications[0].pin.tries_left = 6;
    TokenSeen flagging = token_with("A1", {"a", "ca"});
    flagging.applications[0].pin.few = false;
    const bool counting_first = GENERATE(true, false);
    std::vector<ModuleSeen> modules{module_with({counting}), module_with({flagging})};
    if (!counting_first) std::swap(modules[0], modules[1]);
    join_modules(modules);
    const ModuleSeen& shown = modules[counting_first ? 0 : 1];
    const ModuleSeen& other = modules[counting_first ? 1 : 0];
    CHECK(other.tokens.empty());
    CHECK(other.tokens_elsewhere == 1);
    CHECK(shown.tokens_elsewhere == 0);
    REQUIRE(shown.tokens.size() == 1);
    CHECK(shown.tokens[0].label == "SKF");
    CHECK(shown.tokens[0].applications[0].pin.tries_left == 6U);
    // The other one's certificate that this one lacks.
    REQUIRE(shown.tokens[0].applications.size() == 2);
    CHECK(shown.tokens[0].applications[1].containers[0].certificates.size() == 1);
    CHECK(shown.tokens[0].applications[1].pin == PinSeen{});
}

TEST_CASE("two modules that both show two keys show two keys") {
    const std::vector<TokenSeen> keys{token_with("A1", {"a"}), token_with("A2", {"b"})};
    std::vector<ModuleSeen> modules{module_with(keys), module_with({keys[1], keys[0]}), module_with({keys[1]})};
    join_modules(modules);
    CHECK(modules[0].tokens == keys);
    CHECK(modules[1].tokens.empty());
    CHECK(modules[1].tokens_elsewhere == 2);
    CHECK(modules[2].tokens_elsewhere == 1);
}

TEST_CASE("a serial number in common is no proof where the certificates of two modules differ") {
    std::vector<ModuleSeen> modules{module_with({token_with("12", {"a"})}), module_with({token_with("12", {"b"})})};
    join_modules(modules);
    CHECK(modules[0].tokens.size() == 1);
    CHECK(modules[1].tokens.size() == 1);
    modules = {module_with({token_with("12", {"a"})}), module_with({token_with("12", {})})};
    join_modules(modules);
    CHECK(modules[1].tokens.empty());
}
