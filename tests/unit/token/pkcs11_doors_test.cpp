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
