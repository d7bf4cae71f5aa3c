// SPDX-License-Identifier: Apache-2.0
#include "pkcs11_abi.hpp"

#include "scca/token/wire.hpp"

#include <algorithm>
#include <cstring>

namespace scca::host {
namespace {

namespace wire = token::wire;

/// Where CK_TOKEN_INFO has its texts and flags.
constexpr std::size_t label_at = 0;
constexpr std::size_t manufacturer_at = 32;
constexpr std::size_t serial_at = 80;
constexpr std::size_t flags_at = 96;
constexpr std::size_t wide_text = 32;
constexpr std::size_t narrow_text = 16;

/// CKF_* of a token.
constexpr Ulong login_required = 1UL << 2U;
constexpr Ulong token_initialized = 1UL << 10U;
constexpr Ulong user_pin_count_low = 1UL << 16U;
constexpr Ulong user_pin_final_try = 1UL << 17U;
constexpr Ulong user_pin_locked = 1UL << 18U;
constexpr Ulong user_pin_to_be_changed = 1UL << 19U;

/// X and Y, 32 octets each.
constexpr std::size_t point_octets = 64;
/// DER object identifiers: 1.2.156.10197.1.301 (GM/T 0006-2012) and 1.2.840.10045.3.1.7 (RFC 5480).
constexpr std::array<std::uint8_t, 10> sm2_curve{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};
constexpr std::array<std::uint8_t, 10> p256_curve{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};

/// Blanks pad, says the standard; some modules pad with NUL.
std::string text_at(ByteView octets, std::size_t at, std::size_t room) {
    std::string_view text = as_text(octets.subspan(at, room));
    text = text.substr(0, text.find('\0'));
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string(text);
}

std::string_view algorithm_of_curve(ByteView parameters) {
    if (std::ranges::equal(parameters, sm2_curve)) return wire::algorithm_words[2];
    if (std::ranges::equal(parameters, p256_curve)) return wire::algorithm_words[3];
    return wire::algorithm_words[0];
}

bool begins_with(ByteView octets, std::initializer_list<std::uint8_t> start) {
    return octets.size() >= start.size() && std::equal(start.begin(), start.end(), octets.begin());
}

}  // namespace

bool is_known_cryptoki(ByteView library_info) noexcept {
    return !library_info.empty() && (library_info[0] == 2 || library_info[0] == 3);
}

std::optional<TokenInfo> parse_token_info(ByteView written) {
    // Of the flags the octets that matter; the last octets of a structure may look untouched.
    Ulong flags = 0;
    if (written.size() < flags_at + sizeof flags) return std::nullopt;
    std::memcpy(&flags, written.data() + flags_at, sizeof flags);
    TokenInfo info;
    info.label = text_at(written, label_at, wide_text);
    info.manufacturer = text_at(written, manufacturer_at, wide_text);
    info.serial = text_at(written, serial_at, narrow_text);
    info.initialized = (flags & token_initialized) != 0;
    info.hides_objects = (flags & login_required) != 0;
    info.pin_locked = (flags & user_pin_locked) != 0;
    info.pin_few = (flags & (user_pin_count_low | user_pin_final_try)) != 0;
    info.pin_last_try = (flags & user_pin_final_try) != 0;
    info.pin_to_change = (flags & user_pin_to_be_changed) != 0;
    return info;
}

std::string token_reference(const TokenInfo& info) {
    return std::string(info.label).append(1, '\0').append(info.serial);
}

std::optional<Pkcs11Key> parse_rsa_key(ByteView modulus) {
    while (!modulus.empty() && modulus.front() == 0) modulus = modulus.subspan(1);
    if (modulus.empty()) return std::nullopt;
    return Pkcs11Key{wire::algorithm_words[1], Bytes(modulus.begin(), modulus.end())};
}

std::optional<Pkcs11Key> parse_ec_key(ByteView parameters, ByteView point) {
    const bool is_point = point.size() == point_octets ||
                          (point.size() == point_octets + 1 && begins_with(point, {4})) ||
                          (point.size() == point_octets + 3 && begins_with(point, {4, point_octets + 1, 4}));
    if (!is_point) return std::nullopt;
    const ByteView content = point.last(point_octets);
    return Pkcs11Key{algorithm_of_curve(parameters), Bytes(content.begin(), content.end())};
}

}  // namespace scca::host
