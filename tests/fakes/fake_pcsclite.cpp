// SPDX-License-Identifier: Apache-2.0
//
// A fake PC/SC library whose calls misbehave as a script says (script.hpp). $SCCA_FAKE_READERS lists the states of its
// readers in hexadecimal, "22,12" by default "22": a card that answers. Strict: another context or handle than it gave,
// a NULL buffer, a card that is not left as it was, or any command to a card ends the process with a message.
#include "script.hpp"

#include <winscard.h>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr SCARDCONTEXT the_context = 4711;
constexpr SCARDHANDLE the_card = 815;
/// Mingwah's eKey; as smartcard lists have it.
constexpr std::array<unsigned char, 7> atr{0x3B, 0x05, 0x80, 0x73, 0xF7, 0x01, 0xC0};

fake::Script& script() {
    static fake::Script one({"SCardEstablishContext", "SCardReleaseContext", "SCardListReaders", "SCardGetStatusChange",
                             "SCardConnect", "SCardDisconnect", "SCardGetAttrib"});
    return one;
}

[[noreturn]] void reject(const char* why) {
    std::fprintf(stderr, "fake_pcsclite: %s\n", why);
    std::abort();
}

LONG code(std::uint32_t answer) { return static_cast<LONG>(answer); }

std::vector<DWORD> states() {
    const char* const told = std::getenv("SCCA_FAKE_READERS");
    std::istringstream words(told == nullptr ? "22" : told);
    std::vector<DWORD> all;
    for (std::string word; std::getline(words, word, ',');) all.push_back(std::stoul(word, nullptr, 16));
    return all;
}

std::string name_of(std::size_t index) { return "Fake Reader 0" + std::to_string(index) + " 00"; }

DWORD state_of(const char* name) {
    const auto all = states();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (name_of(i) == name) return all[i];
    }
    reject("a reader that was not listed");
}

void expect(SCARDCONTEXT context) {
    if (context != the_context) reject("another context");
}

LONG give(const fake::Turn& turn, const std::string& content, void* buffer, DWORD* length) {
    if (buffer == nullptr || length == nullptr) reject("a NULL buffer");
    if (content.size() > *length) return code(0x80100008);
    std::memcpy(buffer, content.data(), content.size());
    if (turn.overrun) std::memset(static_cast<char*>(buffer) + *length, 0x11, 16);
    *length = turn.lie.value_or(static_cast<std::uint32_t>(content.size()));
    return SCARD_S_SUCCESS;
}

struct Loader {
    Loader() { script(); }
};
const Loader loader;

}  // namespace

extern "C" {

LONG SCardEstablishContext(DWORD scope, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    const fake::Turn turn = script().play("SCardEstablishContext");
    if (turn.answer) return code(*turn.answer);
    if (scope != SCARD_SCOPE_SYSTEM) reject("another scope");
    *context = the_context;
    return SCARD_S_SUCCESS;
}

LONG SCardReleaseContext(SCARDCONTEXT context) {
    const fake::Turn turn = script().play("SCardReleaseContext");
    if (turn.answer) return code(*turn.answer);
    expect(context);
    return SCARD_S_SUCCESS;
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR, LPSTR names, LPDWORD length) {
    const fake::Turn turn = script().play("SCardListReaders");
    if (turn.answer) return code(*turn.answer);
    expect(context);
    std::string list;
    for (std::size_t i = 0; i < states().size(); ++i) list += name_of(i) + '\0';
    return give(turn, list + '\0', names, length);
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD patience, SCARD_READERSTATE* reader, DWORD count) {
    const fake::Turn turn = script().play("SCardGetStatusChange");
    if (turn.answer) return code(*turn.answer);
    expect(context);
    if (patience != 0 || count != 1) reject("waits for a reader, or asks for several");
    constexpr DWORD one_event = 0x10000;
    reader->dwEventState = state_of(reader->szReader) | one_event;
    const bool present = (reader->dwEventState & SCARD_STATE_PRESENT) != 0;
    if (present) std::copy(atr.begin(), atr.end(), reader->rgbAtr);
    reader->cbAtr = turn.lie.value_or(present ? static_cast<std::uint32_t>(atr.size()) : 0);
    if (turn.overrun) std::memset(reader + 1, 0x11, 16);
    return SCARD_S_SUCCESS;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR name, DWORD share, DWORD protocols, LPSCARDHANDLE card,
                  LPDWORD protocol) {
    const fake::Turn turn = script().play("SCardConnect");
    if (turn.answer) return code(*turn.answer);
    expect(context);
    static_cast<void>(state_of(name));
    if (share != SCARD_SHARE_SHARED || protocols != (SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)) {
        reject("keeps a card from others");
    }
    *card = the_card;
    *protocol = SCARD_PROTOCOL_T1;
    return SCARD_S_SUCCESS;
}

LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
    const fake::Turn turn = script().play("SCardDisconnect");
    if (turn.answer) return code(*turn.answer);
    if (card != the_card || disposition != SCARD_LEAVE_CARD) reject("does not leave the card as it was");
    return SCARD_S_SUCCESS;
}

LONG SCardGetAttrib(SCARDHANDLE card, DWORD attribute, LPBYTE value, LPDWORD length) {
    const fake::Turn turn = script().play("SCardGetAttrib");
    if (turn.answer) return code(*turn.answer);
    constexpr DWORD vendor_name = 0x00010100;
    if (card != the_card || attribute != vendor_name) reject("another attribute");
    return give(turn, std::string("Fake Works\0", 11), value, length);
}

LONG SCardTransmit(SCARDHANDLE, const SCARD_IO_REQUEST*, LPCBYTE, DWORD, SCARD_IO_REQUEST*, LPBYTE, LPDWORD) {
    reject("a command to the card");
}
LONG SCardControl(SCARDHANDLE, DWORD, LPCVOID, DWORD, LPVOID, DWORD, LPDWORD) { reject("a command to the reader"); }
LONG SCardReconnect(SCARDHANDLE, DWORD, DWORD, DWORD, LPDWORD) { reject("a reset of the card"); }
LONG SCardBeginTransaction(SCARDHANDLE) { reject("keeps a card from others"); }

}  // extern "C"
