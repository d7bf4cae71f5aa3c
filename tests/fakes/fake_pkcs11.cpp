// SPDX-License-Identifier: Apache-2.0
//
// A fake PKCS#11 module with one small key in its first slot and an uninitialised token in its second, whose calls
// misbehave as a script says (script.hpp). Structures are p11-kit's, so that a mistake in the host's own is not made
// twice. Strict: it ends the process with a message when it is asked to write, is given a NULL buffer, a handle that it
// did not give, or a session flag besides the one that must be, when what was opened stays open or somebody logged in,
// and when it gets a second PIN, or one for a signature that wants none.
//
// With $SCCA_FAKE_CERTIFICATE (DER) and $SCCA_FAKE_KEY (PEM, RSA) its one object is this certificate, and after
// C_Login with the PIN $SCCA_FAKE_PIN the private key, which with $SCCA_FAKE_ALWAYS set wants the PIN for each
// signature. It signs with mechanism CKM_RSA_PKCS, or that of number $SCCA_FAKE_MECHANISM.
//
// What some actions mean here: C_GetTokenInfo:lie=FLAGS sets these flags, too, as does a number in the file
// $SCCA_FAKE_FLAGS. C_GetAttributeValue:lie=4294967295 claims CK_UNAVAILABLE_INFORMATION. C_FindObjects:big gives its
// first object for ever.
#include "script.hpp"
#include "signer.hpp"

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
    bool pin_came = false, logged_in = false, signing = false, may_sign = false;
    std::vector<CK_OBJECT_HANDLE> found;
    std::size_t given = 0;
};

State& state() {
    static State one;
    return one;
}

fake::Script& script() {
    static fake::Script one(
        {"C_GetFunctionList", "C_Initialize", "C_Finalize", "C_GetInfo", "C_GetSlotList", "C_GetTokenInfo",
         "C_OpenSession", "C_CloseSession", "C_FindObjectsInit", "C_FindObjects", "C_FindObjectsFinal",
         "C_GetAttributeValue", "C_GetMechanismList", "C_Login", "C_Logout", "C_SignInit", "C_Sign"},
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

Attributes certificate(const char* id, const char* label, const std::string& value) {
    return {{CKA_CLASS, octets_of(CKO_CERTIFICATE)}, {CKA_ID, id}, {CKA_LABEL, label}, {CKA_VALUE, value}};
}

constexpr CK_OBJECT_HANDLE private_key = 41;

bool wants_pin_always() { return std::getenv("SCCA_FAKE_ALWAYS") != nullptr; }

CK_MECHANISM_TYPE mechanism() {
    const char* const number = std::getenv("SCCA_FAKE_MECHANISM");
    return number == nullptr ? CKM_RSA_PKCS : std::strtoul(number, nullptr, 10);
}

using Objects = std::map<CK_OBJECT_HANDLE, Attributes>;

Objects signing_objects(const std::string& own_certificate) {
    const std::string always(1, wants_pin_always() ? CK_TRUE : CK_FALSE);
    return {
        {11, certificate("\x01", "sign", own_certificate)},
        {private_key, {{CKA_CLASS, octets_of(CKO_PRIVATE_KEY)}, {CKA_ID, "\x01"}, {CKA_ALWAYS_AUTHENTICATE, always}}},
    };
}

/// The seal is the one of fake_skf.
Objects usual_objects() {
    return {
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
}

const Objects& objects() {
    static const std::string own_certificate = fake::file_in("SCCA_FAKE_CERTIFICATE");
    static const Objects all = own_certificate.empty() ? usual_objects() : signing_objects(own_certificate);
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
    made.flags |= turn.lie.value_or(0) | std::strtoul(fake::file_in("SCCA_FAKE_FLAGS").c_str(), nullptr, 10);
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
    expect(!state().logged_in, "somebody was left logged in");
    state().session_open = false;
    return CKR_OK;
}

CK_RV find_init(CK_SESSION_HANDLE asked, CK_ATTRIBUTE* wanted, CK_ULONG count) {
    FAKE_TURN("C_FindObjectsInit");
    expect(asked == session && state().session_open && !state().searching, "C_FindObjectsInit out of turn");
    expect(count >= 1 && wanted->type == CKA_CLASS && wanted->ulValueLen == sizeof(CK_OBJECT_CLASS), "another search");
    expect(count == 1 || (count == 2 && wanted[1].type == CKA_ID), "a search for something else");
    const auto text = [](const CK_ATTRIBUTE& one) {
        return std::string(static_cast<const char*>(one.pValue), one.ulValueLen);
    };
    state().searching = true;
    state().given = 0;
    state().found.clear();
    for (const auto& [handle, attributes] : objects()) {
        if (attributes.at(CKA_CLASS) != text(*wanted) || (handle == private_key && !state().logged_in)) continue;
        if (count == 1 || attributes.at(CKA_ID) == text(wanted[1])) state().found.push_back(handle);
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

CK_RV mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE* list, CK_ULONG* count) {
    FAKE_TURN("C_GetMechanismList");
    expect(slot == key_slot && list != nullptr && *count >= 1, "C_GetMechanismList out of turn");
    list[0] = mechanism();
    *count = turn.lie.value_or(1);
    return CKR_OK;
}

CK_RV login(CK_SESSION_HANDLE asked, CK_USER_TYPE as, unsigned char* pin, CK_ULONG octets) {
    FAKE_TURN("C_Login");
    expect(asked == session && state().session_open && pin != nullptr, "C_Login out of turn");
    if (as == CKU_CONTEXT_SPECIFIC) {
        expect(state().signing && wants_pin_always() && !state().may_sign, "a PIN that nobody asked for");
    } else {
        expect(as == CKU_USER && !state().pin_came, "a second PIN");
    }
    state().pin_came = true;
    const char* const right = std::getenv("SCCA_FAKE_PIN");
    if (right != nullptr && std::string_view(reinterpret_cast<const char*>(pin), octets) != right) {
        return CKR_PIN_INCORRECT;
    }
    state().logged_in = true;
    state().may_sign = state().signing;
    return CKR_OK;
}

CK_RV logout(CK_SESSION_HANDLE asked) {
    FAKE_TURN("C_Logout");
    expect(asked == session && state().logged_in, "C_Logout out of turn");
    state().logged_in = false;
    return CKR_OK;
}

CK_RV sign_init(CK_SESSION_HANDLE asked, CK_MECHANISM* wanted, CK_OBJECT_HANDLE key) {
    FAKE_TURN("C_SignInit");
    expect(asked == session && state().logged_in && !state().signing, "C_SignInit out of turn");
    expect(key == private_key && wanted->mechanism == mechanism() && wanted->ulParameterLen == 0, "another key");
    state().signing = true;
    state().may_sign = !wants_pin_always();
    return CKR_OK;
}

CK_RV sign(CK_SESSION_HANDLE asked, unsigned char* content, CK_ULONG octets, unsigned char* buffer, CK_ULONG* count) {
    FAKE_TURN("C_Sign");
    expect(asked == session && state().signing, "C_Sign out of turn");
    expect(content != nullptr && buffer != nullptr && count != nullptr, "a NULL buffer");
    state().signing = false;
    if (!state().may_sign) return CKR_USER_NOT_LOGGED_IN;
    const std::string signature = fake::sign_rsa(
        std::getenv("SCCA_FAKE_KEY"), {reinterpret_cast<const char*>(content), octets}, mechanism() != CKM_RSA_PKCS);
    expect(signature.size() <= *count, "no room for a signature");
    std::memcpy(buffer, signature.data(), signature.size());
    if (turn.overrun) std::memset(buffer + *count, 0x11, 16);
    *count = turn.lie.value_or(static_cast<std::uint32_t>(signature.size()));
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
    list.C_GetMechanismList = mechanism_list;
    list.C_Login = login;
    list.C_Logout = logout;
    list.C_SignInit = sign_init;
    list.C_Sign = sign;
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
