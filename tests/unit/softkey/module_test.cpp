// SPDX-License-Identifier: Apache-2.0
//
// What the SKF module tells a host that only looks: lists, structures, certificates, files, and what it refuses.
#include "open_module.hpp"

#include <openssl/x509.h>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

using namespace gmt0016;
using namespace softkey_test;

namespace {

/// The last byte that a callee wrote, found with two fillings as a host finds a structure's layout.
template <class Call>
std::size_t written_length(Call call) {
    std::array<std::vector<std::uint8_t>, 2> buffers{std::vector<std::uint8_t>(1024, 0xCC),
                                                     std::vector<std::uint8_t>(1024, 0x33)};
    call(buffers[0].data());
    call(buffers[1].data());
    std::size_t length = 1024;
    while (length > 0 && buffers[0][length - 1] == 0xCC && buffers[1][length - 1] == 0x33) {
        --length;
    }
    return length;
}

std::string export_certificate(const OpenKey& key, BOOL sign) {
    std::string buffer(16384, '\0');
    ULONG size = as_ulong(buffer.size());
    REQUIRE(key.module.function<decltype(SKF_ExportCertificate)>("SKF_ExportCertificate")(
                key.container, sign, reinterpret_cast<BYTE*>(buffer.data()), &size) == SAR_OK);
    return buffer.substr(0, size);
}

}  // namespace

TEST_CASE("the structures have the layout of this ABI") {
    STATIC_REQUIRE(sizeof(DEVINFO) == DEVINFO_SIZE);
    STATIC_REQUIRE(sizeof(FILEATTRIBUTE) == FILEATTRIBUTE_SIZE);
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    const auto devinfo = written_length([&](void* buffer) {
        REQUIRE(module.function<decltype(SKF_GetDevInfo)>("SKF_GetDevInfo")(key.device,
                                                                            static_cast<DEVINFO*>(buffer)) == SAR_OK);
    });
    CHECK(devinfo == DEVINFO_SIZE);
    const auto attribute = written_length([&](void* buffer) {
        char name[] = "seal.esl";
        REQUIRE(module.function<decltype(SKF_GetFileInfo)>("SKF_GetFileInfo")(
                    key.application, name, static_cast<FILEATTRIBUTE*>(buffer)) == SAR_OK);
    });
    CHECK(attribute == FILEATTRIBUTE_SIZE);
}

TEST_CASE("no folder or a folder that is gone is a computer without a key") {
    const Module module;
    const auto enumerate = module.function<decltype(SKF_EnumDev)>("SKF_EnumDev");
    unsetenv("SCCA_SOFTKEY_DIR");
    CHECK(list_from([&](char* names, ULONG* size) { return enumerate(TRUE, names, size); }).empty());
    const PluggedIn nowhere("/nonexistent/softkey");
    CHECK(list_from([&](char* names, ULONG* size) { return enumerate(TRUE, names, size); }).empty());
    char name[] = "softkey-1";
    DEVHANDLE device = nullptr;
    CHECK(module.function<decltype(SKF_ConnectDev)>("SKF_ConnectDev")(name, &device) == SAR_INVALIDPARAMERR);
    CHECK(device == nullptr);
}

TEST_CASE("a healthy key shows its device, application, container and seal without a PIN") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    using Names = std::vector<std::string>;
    CHECK(list_from([&](char* names, ULONG* size) {
              return module.function<decltype(SKF_EnumDev)>("SKF_EnumDev")(TRUE, names, size);
          }) == Names{"softkey-1"});
    CHECK(list_from([&](char* names, ULONG* size) {
              return module.function<decltype(SKF_EnumApplication)>("SKF_EnumApplication")(key.device, names, size);
          }) == Names{"SCCA-TRAINING"});
    CHECK(list_from([&](char* names, ULONG* size) {
              return module.function<decltype(SKF_EnumContainer)>("SKF_EnumContainer")(key.application, names, size);
          }) == Names{"training-container-1"});
    CHECK(list_from([&](char* names, ULONG* size) {
              return module.function<decltype(SKF_EnumFiles)>("SKF_EnumFiles")(key.application, names, size);
          }) == Names{"seal.esl"});
    ULONG type = 99;
    CHECK(module.function<decltype(SKF_GetContainerType)>("SKF_GetContainerType")(key.container, &type) == SAR_OK);
    CHECK(type == CONTAINER_SM2);
    ULONG state = 99;
    char name[] = "softkey-1";
    CHECK(module.function<decltype(SKF_GetDevState)>("SKF_GetDevState")(name, &state) == SAR_OK);
    CHECK(state == DEV_PRESENT_STATE);
    DEVINFO info;
    CHECK(module.function<decltype(SKF_GetDevInfo)>("SKF_GetDevInfo")(key.device, &info) == SAR_OK);
    CHECK(std::string(info.Label) == "scca-doctor 练习软件钥匙");
    CHECK(std::string(info.Manufacturer) == "scca-doctor 软件钥匙（练习用）");
    CHECK((info.AlgAsymCap & 0x00030000) != 0);
}

TEST_CASE("both certificates come out whole and their keys are the container's") {
    const Module module;
    const TestKey made(GENERATE(std::vector<std::string>{}, std::vector<std::string>{"--rsa"}));
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    std::string seen;
    for (const BOOL sign : {TRUE, FALSE}) {
        const auto der = export_certificate(key, sign);
        CHECK(der != seen);
        seen = der;
        const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(
            d2i_X509(nullptr, &begin, static_cast<long>(der.size())), X509_free);
        REQUIRE(certificate);
        CHECK(begin == reinterpret_cast<const unsigned char*>(der.data()) + der.size());

        GuardedBuffer blob(512);
        ULONG size = 512;
        REQUIRE(module.function<decltype(SKF_ExportPublicKey)>("SKF_ExportPublicKey")(key.container, sign, blob.as(),
                                                                                      &size) == SAR_OK);
        std::unique_ptr<BIGNUM, decltype(&BN_free)> wanted(nullptr, BN_free);
        BIGNUM* number = nullptr;
        const bool rsa = EVP_PKEY_is_a(X509_get0_pubkey(certificate.get()), "RSA") == 1;
        REQUIRE(EVP_PKEY_get_bn_param(X509_get0_pubkey(certificate.get()), rsa ? "n" : "qx", &number) == 1);
        wanted.reset(number);
        const auto* const field = rsa ? blob.as<RSAPUBLICKEYBLOB>()->Modulus : blob.as<ECCPUBLICKEYBLOB>()->XCoordinate;
        const std::unique_ptr<BIGNUM, decltype(&BN_free)> told(BN_bin2bn(field, rsa ? 256 : 64, nullptr), BN_free);
        CHECK(BN_cmp(told.get(), wanted.get()) == 0);
        CHECK(size == (rsa ? sizeof(RSAPUBLICKEYBLOB) : sizeof(ECCPUBLICKEYBLOB)));
    }
}

TEST_CASE("the seal reads the same whole and in pieces") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    const auto read = module.function<decltype(SKF_ReadFile)>("SKF_ReadFile");
    const auto seal = text_of_file(made.seal());
    char name[] = "seal.esl";
    std::string pieces;
    while (pieces.size() < seal.size()) {
        std::array<BYTE, 700> piece{};
        ULONG size = as_ulong(piece.size());
        REQUIRE(read(key.application, name, as_ulong(pieces.size()), as_ulong(piece.size()), piece.data(), &size) ==
                SAR_OK);
        REQUIRE(size > 0);
        pieces.append(reinterpret_cast<const char*>(piece.data()), size);
    }
    CHECK(pieces == seal);
    FILEATTRIBUTE attribute;
    REQUIRE(module.function<decltype(SKF_GetFileInfo)>("SKF_GetFileInfo")(key.application, name, &attribute) == SAR_OK);
    CHECK(attribute.FileSize == as_ulong(seal.size()));
    CHECK(attribute.ReadRights == SECURE_ANYONE_ACCOUNT);
    CHECK(std::string(attribute.FileName) == "seal.esl");
    ULONG size = 0;
    CHECK(read(key.application, name, as_ulong(seal.size() + 1), 1, nullptr, &size) == SAR_INDATALENERR);
    char absent[] = "absent";
    CHECK(read(key.application, absent, 0, 1, nullptr, &size) == SAR_FILE_NOT_EXIST);
}

TEST_CASE("a buffer that is too small is refused and left alone") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    char seal[] = "seal.esl";
    const auto refuses = [](auto call) {
        ULONG needed = 0;
        REQUIRE(call(nullptr, &needed) == SAR_OK);
        REQUIRE(needed > 1);
        GuardedBuffer small(static_cast<std::size_t>(needed) - 1);
        ULONG size = needed - 1;
        CHECK(call(small.as(), &size) == 0x0A000020);
        CHECK(size == needed);
        CHECK(small.untouched());
        GuardedBuffer exact(static_cast<std::size_t>(needed));
        size = needed;
        CHECK(call(exact.as(), &size) == SAR_OK);
        CHECK(exact.guard_intact());
        CHECK_FALSE(exact.untouched());
    };
    refuses([&](BYTE* buffer, ULONG* size) {
        return module.function<decltype(SKF_EnumDev)>("SKF_EnumDev")(TRUE, reinterpret_cast<char*>(buffer), size);
    });
    refuses([&](BYTE* buffer, ULONG* size) {
        return module.function<decltype(SKF_ExportCertificate)>("SKF_ExportCertificate")(key.container, TRUE, buffer,
                                                                                         size);
    });
    refuses([&](BYTE* buffer, ULONG* size) {
        return module.function<decltype(SKF_ExportPublicKey)>("SKF_ExportPublicKey")(key.container, FALSE, buffer,
                                                                                     size);
    });
    refuses([&](BYTE* buffer, ULONG* size) {
        return module.function<decltype(SKF_ReadFile)>("SKF_ReadFile")(key.application, seal, 0, 100, buffer, size);
    });
}

TEST_CASE("a handle that is null, invented, closed or of another kind is refused") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    const auto type_of = module.function<decltype(SKF_GetContainerType)>("SKF_GetContainerType");
    ULONG type = 0;
    int stranger = 0;
    CHECK(type_of(nullptr, &type) == SAR_INVALIDHANDLEERR);
    CHECK(type_of(&stranger, &type) == SAR_INVALIDHANDLEERR);
    CHECK(type_of(key.device, &type) == SAR_INVALIDHANDLEERR);
    CHECK(type_of(key.container, nullptr) == SAR_INVALIDPARAMERR);
    CHECK(type_of(key.container, &type) == SAR_OK);
    CHECK(module.function<decltype(SKF_DisConnectDev)>("SKF_DisConnectDev")(key.device) == SAR_OK);
    CHECK(type_of(key.container, &type) == SAR_INVALIDHANDLEERR);
    CHECK(module.function<decltype(SKF_DisConnectDev)>("SKF_DisConnectDev")(key.device) == SAR_INVALIDHANDLEERR);
}

TEST_CASE("a key that is pulled out says so") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    std::filesystem::remove_all(made.device());
    ULONG type = 0;
    CHECK(module.function<decltype(SKF_GetContainerType)>("SKF_GetContainerType")(key.container, &type) ==
          SAR_DEVICE_REMOVED);
}

TEST_CASE("a name cannot lead out of the key's folder") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    char upwards[] = "../user.pin";
    char long_name[] = "a-file-name-of-more-than-32-bytes-is-refused";
    ULONG size = 0;
    const auto read = module.function<decltype(SKF_ReadFile)>("SKF_ReadFile");
    CHECK(read(key.application, upwards, 0, 10, nullptr, &size) == SAR_FILE_NOT_EXIST);
    CHECK(read(key.application, long_name, 0, 10, nullptr, &size) == SAR_NAMELENERR);
}

TEST_CASE("what would change the key is not supported") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey key(module);
    char name[] = "seal.esl";
    char text[] = "123456";
    ULONG left = 0;
    CHECK(module.function<decltype(SKF_DeleteFile)>("SKF_DeleteFile")(key.application, name) == SAR_NOTSUPPORTYETERR);
    CHECK(module.function<decltype(SKF_SetLabel)>("SKF_SetLabel")(key.device, name) == SAR_NOTSUPPORTYETERR);
    CHECK(module.function<decltype(SKF_ChangePIN)>("SKF_ChangePIN")(key.application, USER_TYPE, text, text, &left) ==
          SAR_NOTSUPPORTYETERR);
    CHECK(std::filesystem::exists(made.seal()));
}

TEST_CASE("a waiting host learns of a key that is plugged in, and of a cancelled wait") {
    const Module module;
    const TestKey made;
    const auto hidden = made.folder() / "softkey-1";
    std::filesystem::rename(made.device(), hidden);
    const PluggedIn plugged(made.folder());
    const auto wait = module.function<decltype(SKF_WaitForDevEvent)>("SKF_WaitForDevEvent");
    std::array<char, 128> name{};
    ULONG size = as_ulong(name.size());
    ULONG event = 0;
    ULONG answer = SAR_FAIL;
    std::thread waiting([&] { answer = wait(name.data(), &size, &event); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::filesystem::rename(hidden, made.device());
    waiting.join();
    CHECK(answer == SAR_OK);
    CHECK(event == DEV_INSERTED);
    CHECK(std::string(name.data()) == "softkey-1");

    std::thread cancelled([&] { answer = wait(name.data(), &size, &event); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(module.function<decltype(SKF_CancelWaitForDevEvent)>("SKF_CancelWaitForDevEvent")() == SAR_OK);
    cancelled.join();
    CHECK(answer == SAR_NOT_EVENTERR);
}

TEST_CASE("a locked device makes another handle wait until its time is up") {
    const Module module;
    const TestKey made;
    const PluggedIn plugged(made.folder());
    const OpenKey one(module);
    const OpenKey other(module);
    const auto lock = module.function<decltype(SKF_LockDev)>("SKF_LockDev");
    const auto unlock = module.function<decltype(SKF_UnlockDev)>("SKF_UnlockDev");
    CHECK(lock(one.device, 10) == SAR_OK);
    CHECK(lock(one.device, 10) == SAR_OK);
    CHECK(lock(other.device, 20) == SAR_TIMEOUTERR);
    CHECK(unlock(other.device) == SAR_FAIL);
    CHECK(unlock(one.device) == SAR_OK);
    CHECK(lock(other.device, 20) == SAR_OK);
}
