// SPDX-License-Identifier: Apache-2.0
//
// The part of PKCS#11 v2.40 that a look needs, and a signature test: numbers, places in the function list, and pure
// functions from what a module wrote to values. What is not listed cannot be called by mistake: nothing here creates,
// changes or destroys.
// CK_ULONG is unsigned long and structures are naturally aligned, as everywhere but on Windows.
#pragma once

#include "scca/core/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::host {

/// CK_ULONG, and every handle, flag and type besides.
using Ulong = unsigned long;

/// CK_UNAVAILABLE_INFORMATION.
inline constexpr Ulong unavailable = ~Ulong{0};

/// A call, by its name and its place in CK_FUNCTION_LIST.
struct Pkcs11Function {
    const char* name;
    std::size_t place;
};
namespace functions {
inline constexpr Pkcs11Function initialize{"C_Initialize", 0};
inline constexpr Pkcs11Function finalize{"C_Finalize", 1};
inline constexpr Pkcs11Function list_of_functions{"C_GetFunctionList", 3};
inline constexpr Pkcs11Function library_info{"C_GetInfo", 2};
inline constexpr Pkcs11Function slot_list{"C_GetSlotList", 4};
inline constexpr Pkcs11Function token_info{"C_GetTokenInfo", 6};
inline constexpr Pkcs11Function mechanism_list{"C_GetMechanismList", 7};
inline constexpr Pkcs11Function open_session{"C_OpenSession", 12};
inline constexpr Pkcs11Function close_session{"C_CloseSession", 13};
inline constexpr Pkcs11Function login{"C_Login", 18};
inline constexpr Pkcs11Function logout{"C_Logout", 19};
inline constexpr Pkcs11Function attribute_value{"C_GetAttributeValue", 24};
inline constexpr Pkcs11Function find_init{"C_FindObjectsInit", 26};
inline constexpr Pkcs11Function find{"C_FindObjects", 27};
inline constexpr Pkcs11Function find_final{"C_FindObjectsFinal", 28};
inline constexpr Pkcs11Function sign_init{"C_SignInit", 42};
inline constexpr Pkcs11Function sign{"C_Sign", 43};
}  // namespace functions

/// CK_FUNCTION_LIST as far as its last place above.
struct FunctionList {
    std::uint8_t major, minor;
    std::array<void*, 44> functions;
};

/// CK_ATTRIBUTE.
struct AttributeQuery {
    Ulong type;
    void* value;
    Ulong octets;
};

/// CKR_*.
namespace ckr {
inline constexpr std::uint32_t ok = 0;
inline constexpr std::uint32_t attribute_type_invalid = 0x12;
inline constexpr std::uint32_t token_not_present = 0xE0;
inline constexpr std::uint32_t buffer_too_small = 0x150;
}  // namespace ckr

/// CKO_*.
namespace object_class {
inline constexpr Ulong data = 0;
inline constexpr Ulong certificate = 1;
inline constexpr Ulong public_key = 2;
inline constexpr Ulong private_key = 3;
}  // namespace object_class

/// CKA_*.
namespace attribute {
inline constexpr Ulong object_class = 0x000;
inline constexpr Ulong label = 0x003;
inline constexpr Ulong application = 0x010;
inline constexpr Ulong value = 0x011;
inline constexpr Ulong id = 0x102;
inline constexpr Ulong modulus = 0x120;
inline constexpr Ulong ec_parameters = 0x180;
inline constexpr Ulong ec_point = 0x181;
inline constexpr Ulong always_authenticate = 0x202;
}  // namespace attribute

/// CKU_*.
namespace user {
inline constexpr Ulong normal = 1;
inline constexpr Ulong context_specific = 2;  ///< for one signature with a key that wants the PIN each time
}  // namespace user

/// CKM_*.
namespace mechanism {
inline constexpr Ulong rsa_pkcs = 0x0001;
inline constexpr Ulong sha256_rsa_pkcs = 0x0040;
inline constexpr Ulong ecdsa = 0x1041;
inline constexpr Ulong ecdsa_sha256 = 0x1044;
}  // namespace mechanism

/// CKF_SERIAL_SESSION, which must be set; without CKF_RW_SESSION nothing can be written.
inline constexpr Ulong serial_session = 4;

/// CK_INFO: does the module speak a Cryptoki that is known here? False also for one that wrote nothing.
[[nodiscard]] bool is_known_cryptoki(ByteView library_info) noexcept;

/// CK_TOKEN_INFO, section 3.2. Texts lose the blanks that they are padded with.
struct TokenInfo {
    std::string label, manufacturer, serial;
    bool initialized = false;    ///< CKF_TOKEN_INITIALIZED
    bool hides_objects = false;  ///< CKF_LOGIN_REQUIRED
    bool pin_locked = false;     ///< CKF_USER_PIN_LOCKED
    bool pin_few = false;        ///< CKF_USER_PIN_COUNT_LOW or CKF_USER_PIN_FINAL_TRY
    bool pin_last_try = false;   ///< CKF_USER_PIN_FINAL_TRY
    bool pin_to_change = false;  ///< CKF_USER_PIN_TO_BE_CHANGED
};
/// Nothing when the module wrote less than the texts and flags.
[[nodiscard]] std::optional<TokenInfo> parse_token_info(ByteView written);

/// What tells this token from another: its label and serial number.
[[nodiscard]] std::string token_reference(const TokenInfo& info);

/// A public key as PublicKeySeen of snapshot.hpp wants it.
struct Pkcs11Key {
    std::string_view algorithm;  ///< one of wire::algorithm_words
    Bytes content;
};
/// CKA_MODULUS: big-endian. Nothing when it is empty or zero.
[[nodiscard]] std::optional<Pkcs11Key> parse_rsa_key(ByteView modulus);
/// CKA_EC_PARAMS and CKA_EC_POINT, section 2.3.3 of the mechanisms: a DER OCTET STRING; modules are known that leave
/// its header, or the 04 of an uncompressed point, away. Nothing for other than 256 bits.
[[nodiscard]] std::optional<Pkcs11Key> parse_ec_key(ByteView parameters, ByteView point);

}  // namespace scca::host
