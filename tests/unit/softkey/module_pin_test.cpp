// SPDX-License-Identifier: Apache-2.0
//
// The PIN: its counter, what burns a try, and the width of the cells in which a module tells it.
#include "open_module.hpp"

#include <fstream>

using namespace gmt0016;
using namespace softkey_test;

namespace {

struct PinInfo {
    ULONG answer, max, left;
    BOOL initial;
};

PinInfo pin_info(const OpenKey& key) {
    PinInfo info{};
    info.answer = key.module.function<decltype(SKF_GetPINInfo)>("SKF_GetPINInfo")(key.application, USER_TYPE, &info.max,
                                                                                  &info.left, &info.initial);
    return info;
}

}  // namespace

TEST_CASE("a wrong PIN burns a try, the right one restores them all, and six wrong ones lock the key") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    ULONG left = 99;
    CHECK(pin_info(key).left == 6);
    CHECK(key.verify_pin("000000", left) == SAR_PIN_INCORRECT);
    CHECK(left == 5);
    CHECK(pin_info(key).left == 5);
    CHECK(key.verify_pin("135790", left) == SAR_OK);
    CHECK(pin_info(key).left == 6);
    for (ULONG tries = 6; tries > 0; --tries) {
        CHECK(key.verify_pin("000000", left) == SAR_PIN_INCORRECT);
        CHECK(left == tries - 1);
    }
    CHECK(key.verify_pin("135790", left) == SAR_PIN_LOCKED);
    CHECK(left == 0);
    CHECK(pin_info(key).left == 0);
    CHECK(text_of_file(made.application() / "user.pin").find("left = 0\n") != std::string::npos);
}

TEST_CASE("a PIN of an impossible length is refused and burns no try") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    ULONG left = 99;
    CHECK(key.verify_pin("12345", left) == SAR_PIN_LEN_RANGE);
    CHECK(key.verify_pin(std::string(17, '1'), left) == SAR_PIN_LEN_RANGE);
    CHECK(pin_info(key).left == 6);
}

TEST_CASE("each PIN fault shows in what the key tells without a PIN") {
    const Module module;
    const auto [fault, left, initial] = GENERATE(table<std::string, ULONG, BOOL>(
        {{"pin-locked", 0, FALSE}, {"pin-few-tries", 2, FALSE}, {"pin-initial", 6, TRUE}}));
    const TestKey made({"--fault", fault});
    const PluggedIn plugged(made.folder());
    const auto info = pin_info(OpenKey(module));
    CHECK(info.answer == SAR_OK);
    CHECK(info.max == 6);
    CHECK(info.left == left);
    CHECK(info.initial == initial);
}

TEST_CASE("an application without a PIN and an unknown PIN type are told apart") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    PinInfo info{};
    CHECK(module.function<decltype(SKF_GetPINInfo)>("SKF_GetPINInfo")(key.application, 7, &info.max, &info.left,
                                                                      &info.initial) == SAR_USER_TYPE_INVALID);
    std::filesystem::remove(made.application() / "user.pin");
    CHECK(pin_info(key).answer == SAR_USER_PIN_NOT_INITIALIZED);
}

TEST_CASE("every answer fills its cell to the width of this ABI and not a byte further") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    GuardedBuffer max(sizeof(ULONG), 0xFF);
    GuardedBuffer left(sizeof(ULONG), 0xFF);
    GuardedBuffer initial(sizeof(BOOL), 0xFF);
    REQUIRE(module.function<decltype(SKF_GetPINInfo)>("SKF_GetPINInfo")(
                key.application, USER_TYPE, max.as<ULONG>(), left.as<ULONG>(), initial.as<BOOL>()) == SAR_OK);
    CHECK(*max.as<ULONG>() == 6);
    CHECK(*left.as<ULONG>() == 6);
    CHECK(*initial.as<BOOL>() == FALSE);
    CHECK(max.guard_intact());
    CHECK(left.guard_intact());
    CHECK(initial.guard_intact());
}

TEST_CASE("a private file opens with the user's PIN and closes when the login is cleared") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    std::ofstream(made.application() / "rights" / "seal.esl.conf") << "read = 0x10\n";
    const OpenKey key(module);
    const auto read = [&] {
        char name[] = "seal.esl";
        ULONG size = 0;
        return module.function<decltype(SKF_ReadFile)>("SKF_ReadFile")(key.application, name, 0, 10, nullptr, &size);
    };
    CHECK(read() == SAR_USER_NOT_LOGGED_IN);
    key.log_in();
    CHECK(read() == SAR_OK);
    CHECK(module.function<decltype(SKF_ClearSecureState)>("SKF_ClearSecureState")(key.application) == SAR_OK);
    CHECK(read() == SAR_USER_NOT_LOGGED_IN);
}
