// SPDX-License-Identifier: Apache-2.0
#include "skf_abi.hpp"

#include "scca/token/wire.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace scca::host {
namespace {

namespace wire = token::wire;

/// DEVINFO: octets in all, where AlgAsymCap stands, and which of wire::abi_words that is.
struct Layout {
    std::size_t octets;
    std::size_t asymmetric_algorithms;
    std::size_t word;
};
constexpr std::array layouts{Layout{294, 202, 1}, Layout{296, 204, 2}, Layout{326, 206, 3}, Layout{328, 208, 4}};

/// Where DEVINFO's texts stand in every layout.
constexpr std::size_t manufacturer_at = 2;
constexpr std::size_t label_at = 130;
constexpr std::size_t serial_at = 162;
constexpr std::size_t wide_text = 64;
constexpr std::size_t narrow_text = 32;

/// FILEATTRIBUTE: the name, then three ULONGs.
constexpr std::size_t file_numbers_at = 32;
constexpr std::size_t narrow_file_attribute = 44;

/// MAX_RSA_MODULUS_LEN and ECC_MAX_XCOORDINATE_BITS_LEN / 8.
constexpr std::size_t modulus_room = 256;
constexpr std::size_t coordinate_room = 64;
constexpr std::size_t sm2_coordinate = 32;

std::uint32_t number_at(ByteView octets, std::size_t at) {
    std::uint32_t value = 0;
    if (at + sizeof value <= octets.size()) std::memcpy(&value, octets.data() + at, sizeof value);
    return value;
}

/// Up to the first NUL; padding blanks are no part of a text.
std::string text_at(ByteView octets, std::size_t at, std::size_t room) {
    if (at >= octets.size()) return {};
    std::string_view text = as_text(octets.subspan(at, std::min(room, octets.size() - at)));
    text = text.substr(0, text.find('\0'));
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string(text);
}

/// SGD_RSA 0x00010000, SGD_SM2_1 to _3 0x00020100 … 0x00020800 (GM/T 0006-2012), and nothing besides.
bool is_asymmetric_capability(std::uint32_t value) {
    constexpr std::uint32_t known = 0x00030F00;
    return (value & 0x00030000U) != 0 && (value & ~known) == 0;
}

std::string_view find_abi(const TwiceWritten& structure, ByteView written) {
    for (const Layout& layout : layouts) {
        if (layout.octets == structure.written) return wire::abi_words[layout.word];
    }
    // A module that leaves the reserved octets alone writes less; its algorithms must then be where one layout says.
    for (const Layout& layout : layouts) {
        if (is_asymmetric_capability(number_at(written, layout.asymmetric_algorithms))) {
            return wire::abi_words[layout.word];
        }
    }
    return wire::abi_words[0];
}

std::optional<Bytes> modulus_of(ByteView room, std::uint32_t bits) {
    const std::size_t octets = (bits + 7) / 8;
    if (octets == 0 || octets > modulus_room) return std::nullopt;
    // The standard does not say on which side a shorter modulus stands; an RSA modulus begins with a set bit.
    const ByteView right = room.last(octets);
    const ByteView before = room.first(modulus_room - octets);
    const bool is_right = std::all_of(before.begin(), before.end(), [](std::uint8_t octet) { return octet == 0; });
    ByteView modulus = is_right ? right : room.first(octets);
    while (!modulus.empty() && modulus.front() == 0) modulus = modulus.subspan(1);
    if (modulus.empty()) return std::nullopt;
    return Bytes(modulus.begin(), modulus.end());
}

std::optional<PublicKeyBlob> parse_ecc(ByteView blob, std::size_t width) {
    if (number_at(blob, 0) != sm2_coordinate * 8) return std::nullopt;
    const ByteView x = blob.subspan(width, coordinate_room).last(sm2_coordinate);
    const ByteView y = blob.subspan(width + coordinate_room, coordinate_room).last(sm2_coordinate);
    PublicKeyBlob key{wire::algorithm_words[2], Bytes(x.begin(), x.end())};
    key.content.insert(key.content.end(), y.begin(), y.end());
    return key;
}

std::optional<PublicKeyBlob> parse_rsa(ByteView blob, std::size_t width) {
    auto modulus = modulus_of(blob.subspan(2 * width, modulus_room), number_at(blob, width));
    if (!modulus) return std::nullopt;
    return PublicKeyBlob{wire::algorithm_words[1], std::move(*modulus)};
}

}  // namespace

std::string device_reference(std::string_view name, const DeviceInfo& info) {
    return std::string(name).append(1, '\0').append(info.serial);
}

std::optional<Bytes> parse_ecc_signature(ByteView blob) {
    if (blob.size() < ecc_signature_octets) return std::nullopt;
    const ByteView r = blob.subspan(coordinate_room - sm2_coordinate, sm2_coordinate);
    const ByteView s = blob.subspan(2 * coordinate_room - sm2_coordinate, sm2_coordinate);
    Bytes both(r.begin(), r.end());
    both.insert(both.end(), s.begin(), s.end());
    return both;
}

DeviceInfo parse_device_info(const TwiceWritten& structure) {
    const ByteView written = ByteView(structure.content).first(std::min(structure.written, structure.content.size()));
    return {text_at(written, manufacturer_at, wide_text), text_at(written, label_at, narrow_text),
            text_at(written, serial_at, narrow_text), find_abi(structure, written)};
}

std::optional<FileAttribute> parse_file_attribute(const TwiceWritten& structure) {
    const std::size_t width = structure.written > narrow_file_attribute ? 8 : 4;
    const std::size_t rights_at = file_numbers_at + width;
    // WriteRights may be left alone, as a module in the field does; the two before it may not.
    if (structure.written < rights_at + 4 || structure.content.size() < rights_at + 4) return std::nullopt;
    return FileAttribute{number_at(structure.content, file_numbers_at), number_at(structure.content, rights_at)};
}

std::optional<PublicKeyBlob> parse_public_key(ByteView blob) {
    switch (blob.size()) {
        case 132: return parse_ecc(blob, 4);
        case 136: return parse_ecc(blob, 8);
        case 268: return parse_rsa(blob, 4);
        case 276:
        case 280: return parse_rsa(blob, 8);
        default: return std::nullopt;
    }
}

std::vector<std::string> parse_names(ByteView list, std::size_t most) {
    std::vector<std::string> names;
    std::string_view rest = as_text(list);
    while (!rest.empty() && names.size() < most) {
        const std::string_view name = rest.substr(0, rest.find('\0'));
        if (name.empty()) break;
        names.emplace_back(name);
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
    return names;
}

std::string_view algorithm_of_container(std::uint32_t type) noexcept {
    return wire::algorithm_words[type == 1 || type == 2 ? type : 0];
}

bool says_there_is_none(std::uint32_t code) noexcept {
    switch (code) {
        case 0x0A00001B:  // SAR_KEYNOTFOUNTERR
        case 0x0A00001C:  // SAR_CERTNOTFOUNTERR
        case 0x0A000031:  // SAR_FILE_NOT_EXIST
        case 0x0A000034:  // Wisec: the certificate has no usage; Haitai: no such container
        case 0x0A000036:  // Wisec: no such container
        case 0x0B000035:  // Longmai: no such container
            return true;
        default: return false;
    }
}

}  // namespace scca::host
