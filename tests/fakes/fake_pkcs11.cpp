// SPDX-License-Identifier: Apache-2.0
//
// A fake PKCS#11 module with one small key in its first slot and an uninitialised token in its second, whose calls
// misbehave as a script says (script.hpp). Structures are p11-kit's, so that a mistake in the host's own is not made
// twice. Strict: it ends the process with a message when it is asked to log in or to write, is given a NULL buffer, a
// handle that it did not give, or a session flag besides the one that must be, and when what was opened stays open.
//
// What some actions mean here: C_GetTokenInfo:lie=FLAGS sets these flags, too. C_GetAttributeValue:lie=4294967295
// claims CK_UNAVAILABLE_INFORMATION. C_FindObjects:big gives its first object for ever.
#include "script.hpp"

#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

namespace {

constexpr CK_SLOT_ID key_slot = 7;
constexpr CK_SLOT_ID blank_slot = 8;
constexpr CK_SESSION_HANDLE session = 70;

using Attributes = std::map<CK_ATTRIBUTE_TYPE, std::string>;

struct State {
    bool initialized = false, session_open = false, searching = false, endless = false;
    std::vector<CK_OBJECT_HANDLE> found;
    std::size_t given = 0;
};

State& state() {
    static State one;
    return one;
}

fake::Script& script() {
    static fake::Script one({"C_GetFunctionList", "C_Initialize", "C_Finalize", "C_GetInfo", "C_GetSlotList",
                             "C_GetTokenInfo", "C_OpenSession", "C_CloseSession", "C_FindObjectsInit", "C_FindObjects",
                             "C_FindObjectsFinal", "C_GetAttributeValue"},
                            "SKF_");
    return one;
}

struct Loader {
    Loader() { script(); }
};
const Loader loader;

[[noreturn]] void reject(const char* why) {
    std::fprintf(stderr, "fake_pkcs11: %s\n", why);
    std::abort();
}

void expect(bool holds, const char* otherwise) {
    if (!holds) reject(otherwise);
}

/// What stands in every place of the list that a look has no business with.
CK_RV forbidden() { reject("a call that does more than read"); }

std::string octets_of(CK_ULONG value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }

Attributes certificate(const char* id, const char* label, const char* value) {
    return {{CKA_CLASS, octets_of(CKO_CERTIFICATE)}, {CKA_ID, id}, {CKA_LABEL, label}, {CKA_VALUE, value}};
}

/// The seal is the one of fake_skf.
const std::map<CK_OBJECT_HANDLE, Attributes>& objects() {
    using namespace std::string_literals;
    static const std::map<CK_OBJECT_HANDLE, Attributes> all{
        {11, certificate("\x01", "sign", "signing\xCC")},
        {12, certificate("\x02", "", "encrypting")},
        {13, certificate("", "authority", "authority")},
        {21, {{CKA_CLASS, octets_of(CKO_PUBLIC_KEY)}, {CKA_ID, "\x01"}, {CKA_MODULUS, '\0' + std::string(128, 'm')}}},
        {22,
         {{CKA_CLASS, octets_of(CKO_PUBLIC_KEY)},
          {CKA_ID, "\x02"},
          {CKA_EC_PARAMS, "\x06\x08\x2A\x81\x1C\xCF\x55\x01\x82\x2D"},
          {CKA_EC_POINT, "\x04\x41\x04" + std::string(32, 'x') + std::string(32, 'y')}}},
        {31,
         {{CKA_CLASS, octets_of(CKO_DATA)},
          {CKA_LABEL, "SealData"},
          {CKA_APPLICATION, "SCCA"},
          {CKA_VALUE, std::string(4095, 's') + '\xCC' + std::string(903, 's') + '\xCC'}}},
        {32, {{CKA_CLASS, octets_of(CKO_DATA)}, {CKA_APPLICATION, "LARGE"}, {CKA_VALUE, std::string(70000, 'l')}}},
    };
    return all;
}

void pad(unsigned char* to, std::size_t room, std::string_view text) {
    std::memset(to, ' ', room);
    std::memcpy(to, text.data(), text.size());
}

}  // namespace

#define FAKE_TURN(name)                          \
    const fake::Turn turn = script().play(name); \
    if (turn.answer) return *turn.answer

namespace {

CK_RV initialize(void* arguments) {
    FAKE_TURN("C_Initialize");
    expect(arguments == nullptr, "arguments for C_Initialize");
    expect(!state().initialized, "initialised twice");
    state().initialized = true;
    return CKR_OK;
}

CK_RV finalize(void* reserved) {
    FAKE_TURN("C_Finalize");
    expect(reserved == nullptr && state().initialized, "C_Finalize out of turn");
    expect(!state().session_open, "a session was left open");
    return CKR_OK;
}

CK_RV library_info(CK_INFO* info) {
    FAKE_TURN("C_GetInfo");
    expect(state().initialized && info != nullptr, "C_GetInfo out of turn");
    CK_INFO made{};
    made.cryptokiVersion.major = 2;
    made.cryptokiVersion.minor = 40;
    pad(made.manufacturerID, sizeof made.manufacturerID, "Fake Works");
    *info = made;
    return CKR_OK;
}

CK_RV slot_list(unsigned char with_token, CK_SLOT_ID* slots, CK_ULONG* count) {
    FAKE_TURN("C_GetSlotList");
    expect(state().initialized && slots != nullptr && count != nullptr, "C_GetSlotList out of turn");
    expect(with_token == CK_TRUE, "asked for empty slots");
    expect(*count >= 3, "room for fewer than three slots");
    slots[0] = key_slot;
    slots[1] = blank_slot;
    slots[2] = key_slot;
    if (turn.overrun) slots[*count] = 0;
    *count = turn.lie.value_or(3);
    return CKR_OK;
}

CK_RV token_info(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
    FAKE_TURN("C_GetTokenInfo");
    expect(state().initialized && info != nullptr, "C_GetTokenInfo out of turn");
    CK_TOKEN_INFO made{};
    pad(made.label, sizeof made.label, slot == key_slot ? "\xE6\xB5\x8B\xE8\xAF\x95" : "");
    pad(made.manufacturerID, sizeof made.manufacturerID, "Fake Works");
    pad(made.serialNumber, sizeof made.serialNumber, "F0001");
    if (slot == key_slot) made.flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_LOGIN_REQUIRED;
    made.flags |= turn.lie.value_or(0);
    std::memset(made.utcTime, 0xCC, sizeof made.utcTime);
    *info = made;
    return CKR_OK;
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify, CK_SESSION_HANDLE* opened) {
    FAKE_TURN("C_OpenSession");
    expect(slot == key_slot, "a session with a blank token");
    expect(flags == CKF_SERIAL_SESSION, "a session that could write");
    expect(application == nullptr && notify == nullptr, "a callback");
    expect(!state().session_open, "a second session");
    state().session_open = true;
    *opened = session;
    return CKR_OK;
}

CK_RV close_session(CK_SESSION_HANDLE closed) {
    FAKE_TURN("C_CloseSession");
    expect(closed == session && state().session_open && !state().searching, "C_CloseSession out of turn");
    state().session_open = false;
    return CKR_OK;
}

CK_RV find_init(CK_SESSION_HANDLE asked, CK_ATTRIBUTE* wanted, CK_ULONG count) {
    FAKE_TURN("C_FindObjectsInit");
    expect(asked == session && state().session_open && !state().searching, "C_FindObjectsInit out of turn");
    expect(count == 1 && wanted->type == CKA_CLASS && wanted->ulValueLen == sizeof(CK_OBJECT_CLASS), "another search");
    const std::string value(static_cast<const char*>(wanted->pValue), wanted->ulValueLen);
    state().searching = true;
    state().given = 0;
    state().found.clear();
    for (const auto& [handle, attributes] : objects()) {
        if (attributes.at(CKA_CLASS) == value) state().found.push_back(handle);
    }
    return CKR_OK;
}

/// Two at a time.
CK_RV find(CK_SESSION_HANDLE asked, CK_OBJECT_HANDLE* handles, CK_ULONG room, CK_ULONG* count) {
    FAKE_TURN("C_FindObjects");
    expect(asked == session && state().searching && handles != nullptr && room >= 2, "C_FindObjects out of turn");
    state().endless = state().endless || turn.big;
    if (state().endless) state().given = 0;
    const std::size_t next = std::min<std::size_t>(2, state().found.size() - state().given);
    for (std::size_t i = 0; i < next; ++i) handles[i] = state().found[state().given++];
    if (turn.overrun) handles[room] = 1;
    *count = turn.lie.value_or(static_cast<std::uint32_t>(next));
    return CKR_OK;
}

CK_RV find_final(CK_SESSION_HANDLE asked) {
    FAKE_TURN("C_FindObjectsFinal");
    expect(asked == session && state().searching, "C_FindObjectsFinal out of turn");
    state().searching = false;
    return CKR_OK;
}

CK_RV attribute_value(CK_SESSION_HANDLE asked, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* wanted, CK_ULONG count) {
    FAKE_TURN("C_GetAttributeValue");
    expect(asked == session && state().session_open && !state().searching, "C_GetAttributeValue out of turn");
    expect(count == 1 && wanted->pValue != nullptr, "a NULL buffer");
    const Attributes& attributes = objects().at(object);
    const auto found = attributes.find(wanted->type);
    const CK_ULONG room = wanted->ulValueLen;
    wanted->ulValueLen = CK_UNAVAILABLE_INFORMATION;
    if (found == attributes.end()) return CKR_ATTRIBUTE_TYPE_INVALID;
    const std::string& value = found->second;
    if (value.size() > room) return CKR_BUFFER_TOO_SMALL;
    std::memcpy(wanted->pValue, value.data(), value.size());
    if (turn.overrun) std::memset(static_cast<char*>(wanted->pValue) + room, 0x11, 16);
    wanted->ulValueLen = value.size();
    if (turn.lie) wanted->ulValueLen = *turn.lie == 0xFFFFFFFF ? CK_UNAVAILABLE_INFORMATION : *turn.lie;
    return CKR_OK;
}

CK_FUNCTION_LIST made_list() {
    CK_FUNCTION_LIST list{};
    std::array<CK_RV (*)(), (sizeof list - offsetof(CK_FUNCTION_LIST, C_Initialize)) / sizeof(void*)> places;
    places.fill(&forbidden);
    std::memcpy(&list.C_Initialize, places.data(), sizeof places);
    list.version.major = 2;
    list.version.minor = 40;
    list.C_Initialize = initialize;
    list.C_Finalize = finalize;
    list.C_GetInfo = library_info;
    list.C_GetSlotList = slot_list;
    list.C_GetTokenInfo = token_info;
    list.C_OpenSession = open_session;
    list.C_CloseSession = close_session;
    list.C_FindObjectsInit = find_init;
    list.C_FindObjects = find;
    list.C_FindObjectsFinal = find_final;
    list.C_GetAttributeValue = attribute_value;
    return list;
}

}  // namespace

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    static CK_FUNCTION_LIST one = made_list();
    FAKE_TURN("C_GetFunctionList");
    expect(list != nullptr, "a NULL buffer");
    *list = &one;
    return CKR_OK;
}
