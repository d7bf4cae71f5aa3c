// SPDX-License-Identifier: Apache-2.0
//
// A fake SKF module with one small key in it, whose calls misbehave as a script says (script.hpp). Built once for each
// of the four ABIs: FAKE_ULONG is the type of ULONG and BOOL, FAKE_PACKED whether structures are packed. Strict: a
// handle that it did not give, or gave for something else, ends the process with a message, as does a NULL buffer, a
// second PIN, a signature before the PIN and an application that is closed while somebody is logged in. Any PIN is
// right and none is kept. $SCCA_FAKE_CERTIFICATE names a file that is the signing certificate; SKF_GetPINInfo:lie=TRIES
// gives the tries left; with $SCCA_FAKE_TELLTALE set it prints the PIN.
#include "script.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace {

using Ulong = FAKE_ULONG;

#if FAKE_PACKED
#pragma pack(push, 1)
#endif
struct DeviceInfo {
    unsigned char version[2];
    char manufacturer[64], issuer[64], label[32], serial[32];
    unsigned char hardware[2], firmware[2];
    Ulong symmetric, asymmetric, hash, authentication, total, free, most_ecc, most;
    unsigned char reserved[64];
};
struct FileAttribute {
    char name[32];
    Ulong size, read_rights, write_rights;
};
struct EccKey {
    Ulong bits;
    unsigned char x[64], y[64];
};
#if FAKE_PACKED
#pragma pack(pop)
#endif

constexpr std::uint32_t invalid_handle = 0x0A000005;
constexpr std::uint32_t buffer_too_small = 0x0A000020;
constexpr std::uint32_t file_not_exist = 0x0A000031;

fake::Script& script() {
    static fake::Script one(
        {"SKF_EnumDev",          "SKF_ConnectDev",        "SKF_DisConnectDev",   "SKF_GetDevInfo",
         "SKF_GetDevState",      "SKF_EnumApplication",   "SKF_OpenApplication", "SKF_CloseApplication",
         "SKF_GetPINInfo",       "SKF_EnumContainer",     "SKF_OpenContainer",   "SKF_CloseContainer",
         "SKF_GetContainerType", "SKF_ExportCertificate", "SKF_ExportPublicKey", "SKF_EnumFiles",
         "SKF_GetFileInfo",      "SKF_ReadFile",          "SKF_VerifyPIN",       "SKF_ECCSignData",
         "SKF_ClearSecureState"},
        "C_");
    return one;
}

/// Handles are the addresses of these.
int device_handle, application_handle, container_handle;

struct Login {
    bool was_tried = false, stands = false;
};
Login& login() {
    static Login one;
    return one;
}

std::string signing_certificate() {
    const char* const path = std::getenv("SCCA_FAKE_CERTIFICATE");
    if (path == nullptr) return "signing\xCC";
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[noreturn]] void reject(const char* why) {
    std::fprintf(stderr, "fake_skf: %s\n", why);
    std::abort();
}

void expect(void* handle, int& wanted) {
    if (handle != &wanted) reject("a handle of another kind");
}

/// The standard's way of giving octets, and what the script makes of it.
Ulong give(const fake::Turn& turn, const void* content, std::size_t octets, void* buffer, Ulong* length) {
    if (buffer == nullptr || length == nullptr) reject("a NULL buffer");
    const bool fits = octets <= static_cast<std::size_t>(*length);
    if (fits) std::memcpy(buffer, content, octets);
    if (turn.overrun) std::memset(static_cast<char*>(buffer) + *length, 0x11, 16);
    *length = static_cast<Ulong>(turn.lie.value_or(static_cast<std::uint32_t>(octets)));
    return fits ? 0 : buffer_too_small;
}

Ulong give_names(const fake::Turn& turn, std::string_view names, void* buffer, Ulong* length) {
    return give(turn, names.data(), names.size(), buffer, length);
}

/// More than one block of any reader, and the octet that a block ends with looks like an untouched one.
std::string seal_file() {
    std::string content(5000, 's');
    content[4095] = '\xCC';
    content[4999] = '\xCC';
    return content;
}

struct Loader {
    Loader() { script(); }
};
const Loader loader;

}  // namespace

#define FAKE_TURN(name)                          \
    const fake::Turn turn = script().play(name); \
    if (turn.answer) return static_cast<Ulong>(*turn.answer)

extern "C" {

Ulong SKF_EnumDev(Ulong present, char* names, Ulong* length) {
    FAKE_TURN("SKF_EnumDev");
    if (static_cast<std::uint32_t>(present) != 1) reject("asked for absent devices");
    using namespace std::string_view_literals;
    return give_names(turn, "FAKE-1\0\0"sv, names, length);
}

Ulong SKF_ConnectDev(char* name, void** device) {
    FAKE_TURN("SKF_ConnectDev");
    if (std::strcmp(name, "FAKE-1") != 0) return 0x0A000006;
    *device = &device_handle;
    return 0;
}

Ulong SKF_DisConnectDev(void* device) {
    FAKE_TURN("SKF_DisConnectDev");
    expect(device, device_handle);
    return 0;
}

Ulong SKF_GetDevState(char*, Ulong* state) {
    FAKE_TURN("SKF_GetDevState");
    *state = 1;
    return 0;
}

Ulong SKF_GetDevInfo(void* device, DeviceInfo* info) {
    FAKE_TURN("SKF_GetDevInfo");
    expect(device, device_handle);
    DeviceInfo made{};
    made.version[0] = 1;
    std::strcpy(made.manufacturer, "Fake Works");
    std::memset(made.label, 'L', sizeof made.label);
    std::strcpy(made.serial, "F0001  ");
    made.symmetric = 0x00000401;
    made.asymmetric = 0x00020100;
    made.most = 0xFFFFFFFF;
    std::memcpy(info, &made, sizeof made);
    return 0;
}

Ulong SKF_EnumApplication(void* device, char* names, Ulong* length) {
    FAKE_TURN("SKF_EnumApplication");
    expect(device, device_handle);
    using namespace std::string_view_literals;
    return give_names(turn, "\xD3\xA6\xD3\xC3\0\0"sv, names, length);
}

Ulong SKF_OpenApplication(void* device, char*, void** application) {
    FAKE_TURN("SKF_OpenApplication");
    expect(device, device_handle);
    *application = &application_handle;
    return 0;
}

Ulong SKF_CloseApplication(void* application) {
    FAKE_TURN("SKF_CloseApplication");
    expect(application, application_handle);
    if (login().stands) reject("closed while somebody is logged in");
    return 0;
}

Ulong SKF_GetPINInfo(void* application, Ulong type, Ulong* most, Ulong* left, Ulong* initial) {
    FAKE_TURN("SKF_GetPINInfo");
    expect(application, application_handle);
    if (static_cast<std::uint32_t>(type) != 1) reject("asked for the PIN of the administrator");
    *most = 10;
    *left = turn.lie.value_or(9);
    *initial = 1;
    return 0;
}

Ulong SKF_EnumContainer(void* application, char* names, Ulong* length) {
    FAKE_TURN("SKF_EnumContainer");
    expect(application, application_handle);
    using namespace std::string_view_literals;
    std::string all("C\0"sv);
    for (int i = 0; turn.big && i < 99; ++i) all += "MORE" + std::to_string(i) + '\0';
    return give_names(turn, all + '\0', names, length);
}

Ulong SKF_OpenContainer(void* application, char*, void** container) {
    FAKE_TURN("SKF_OpenContainer");
    expect(application, application_handle);
    *container = &container_handle;
    return 0;
}

Ulong SKF_CloseContainer(void* container) {
    FAKE_TURN("SKF_CloseContainer");
    expect(container, container_handle);
    return 0;
}

Ulong SKF_GetContainerType(void* container, Ulong* type) {
    FAKE_TURN("SKF_GetContainerType");
    expect(container, container_handle);
    *type = 2;
    return 0;
}

Ulong SKF_ExportCertificate(void* container, Ulong sign, unsigned char* certificate, Ulong* length) {
    FAKE_TURN("SKF_ExportCertificate");
    expect(container, container_handle);
    std::string content = static_cast<std::uint32_t>(sign) != 0 ? signing_certificate() : "encrypting";
    if (turn.big) content.assign(20000, 'b');
    return give(turn, content.data(), content.size(), certificate, length);
}

Ulong SKF_ExportPublicKey(void* container, Ulong, unsigned char* blob, Ulong* length) {
    FAKE_TURN("SKF_ExportPublicKey");
    expect(container, container_handle);
    EccKey key{};
    key.bits = 256;
    std::memset(key.x + 32, 'x', 32);
    std::memset(key.y + 32, 'y', 32);
    return give(turn, &key, sizeof key, blob, length);
}

Ulong SKF_EnumFiles(void* application, char* names, Ulong* length) {
    FAKE_TURN("SKF_EnumFiles");
    expect(application, application_handle);
    using namespace std::string_view_literals;
    std::string all("SEAL\0PRIVATE\0"sv);
    for (int i = 0; turn.big && i < 198; ++i) all += "MORE" + std::to_string(i) + '\0';
    return give_names(turn, all + '\0', names, length);
}

Ulong SKF_GetFileInfo(void* application, char* name, FileAttribute* attribute) {
    FAKE_TURN("SKF_GetFileInfo");
    expect(application, application_handle);
    const bool open = std::strcmp(name, "SEAL") == 0;
    FileAttribute made{};
    std::strcpy(made.name, open ? "SEAL" : "PRIVATE");
    made.size = open ? static_cast<Ulong>(seal_file().size()) : 7;
    made.read_rights = open ? 0xFF : 0x10;
    made.write_rights = 0x10;
    std::memcpy(attribute, &made, sizeof made);
    return 0;
}

Ulong SKF_ReadFile(void* application, char* name, Ulong offset, Ulong size, unsigned char* content, Ulong* length) {
    FAKE_TURN("SKF_ReadFile");
    expect(application, application_handle);
    if (std::strcmp(name, "SEAL") != 0) return file_not_exist;
    const std::string file = seal_file();
    const auto start = static_cast<std::uint32_t>(offset);
    if (start > file.size()) return invalid_handle;
    const std::string part = file.substr(start, static_cast<std::uint32_t>(size));
    return give(turn, part.data(), part.size(), content, length);
}

Ulong SKF_VerifyPIN(void* application, Ulong type, const char* pin, Ulong* left) {
    const bool again = login().was_tried;
    login().was_tried = true;
    FAKE_TURN("SKF_VerifyPIN");
    expect(application, application_handle);
    if (again) reject("a second PIN");
    if (static_cast<std::uint32_t>(type) != 1) reject("the PIN of the administrator");
    if (pin == nullptr || std::strlen(pin) < 6) reject("a PIN that is too short");
    if (std::getenv("SCCA_FAKE_TELLTALE") != nullptr) std::fputs(pin, stdout);
    login().stands = true;
    *left = 9;
    return 0;
}

Ulong SKF_ClearSecureState(void* application) {
    FAKE_TURN("SKF_ClearSecureState");
    expect(application, application_handle);
    login().stands = false;
    return 0;
}

Ulong SKF_ECCSignData(void* container, const unsigned char* digest, Ulong length, unsigned char* signature) {
    FAKE_TURN("SKF_ECCSignData");
    expect(container, container_handle);
    if (!login().stands) reject("a signature before the PIN");
    if (digest == nullptr || static_cast<std::uint32_t>(length) != 32) reject("a digest of another length");
    std::memset(signature, 0, 128);
    std::memset(signature + 32, 'r', 32);
    std::memset(signature + 96, 's', 32);
    if (turn.overrun) signature[128] = 1;
    return 0;
}

}  // extern "C"
