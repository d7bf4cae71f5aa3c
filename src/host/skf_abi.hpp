// SPDX-License-Identifier: Apache-2.0
//
// The structures of GM/T 0016-2012 section 6 as four families of modules lay them out: ULONG of 32 or 64 bits, packed
// or naturally aligned. Pure functions from what a module wrote to values; nothing here calls a module, and nothing
// reads past what was written. Little-endian machines only.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::host {

/// What is given where a module writes a structure; the largest known has 328 octets.
inline constexpr std::size_t structure_room = 1024;

/// A structure as it came back from two calls into buffers with different fills.
struct TwiceWritten {
    Bytes content;            ///< of the second call
    std::size_t written = 0;  ///< up to the last octet that changed in either call
};

/// DEVINFO, section 6.4.1. Offsets up to the algorithms are the same in every layout.
struct DeviceInfo {
    std::string manufacturer, label, serial;
    std::string_view abi;  ///< one of wire::abi_words
};
/// What tells this device from another that takes its name: the name and the serial number.
[[nodiscard]] std::string device_reference(std::string_view name, const DeviceInfo& info);
[[nodiscard]] DeviceInfo parse_device_info(const TwiceWritten& structure);

/// FILEATTRIBUTE, section 6.4.11.
struct FileAttribute {
    std::uint32_t size = 0;
    std::uint32_t read_rights = 0;
};
/// SECURE_ANYONE_ACCOUNT: reading needs no PIN.
inline constexpr std::uint32_t anyone_may = 0xFF;
[[nodiscard]] std::optional<FileAttribute> parse_file_attribute(const TwiceWritten& structure);

/// RSAPUBLICKEYBLOB or ECCPUBLICKEYBLOB, told apart by their lengths.
struct PublicKeyBlob {
    std::string_view algorithm;  ///< one of wire::algorithm_words
    Bytes content;               ///< as PublicKeySeen of snapshot.hpp wants it
};
[[nodiscard]] std::optional<PublicKeyBlob> parse_public_key(ByteView blob);

/// ECCSIGNATUREBLOB, section 6.4.7: r and s, right-aligned in 64 octets each, as 32 octets each. Nothing when it is
/// shorter.
[[nodiscard]] std::optional<Bytes> parse_ecc_signature(ByteView blob);
inline constexpr std::size_t ecc_signature_octets = 128;

/// Names that end in NUL, ended by an empty one or by the end of what was written.
[[nodiscard]] std::vector<std::string> parse_names(ByteView list, std::size_t most);

/// SKF_GetContainerType, section 7.6.6: one of wire::algorithm_words.
[[nodiscard]] std::string_view algorithm_of_container(std::uint32_t type) noexcept;

/// There is no such certificate, key or file: an answer, no failure. Some vendors have numbers of their own for it.
[[nodiscard]] bool says_there_is_none(std::uint32_t code) noexcept;

inline constexpr std::uint32_t sar_ok = 0;
inline constexpr std::uint32_t sar_buffer_too_small = 0x0A000020;

}  // namespace scca::host
