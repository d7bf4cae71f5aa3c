// SPDX-License-Identifier: Apache-2.0
//
// Octet strings, and the hexadecimal and base64 that they are written in. Knows no encoding of text or ASN.1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scca {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Lower-case hexadecimal without separators.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// RFC 4648 section 4, with padding and without line breaks.
[[nodiscard]] std::string to_base64(ByteView bytes);

/// The octets that `text` spells; nothing when a character is no hexadecimal digit or one is left over.
[[nodiscard]] std::optional<Bytes> parse_hex(std::string_view text);

/// The octets of `text`; the view lives as long as the text.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The octets read as characters, whatever they are; the view lives as long as the octets.
[[nodiscard]] inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace scca
