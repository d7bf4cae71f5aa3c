// SPDX-License-Identifier: Apache-2.0
//
// Writes ASN.1 in DER (ITU-T X.690) and, where a case asks for it, in the BER that real encoders let slip. Knows
// nothing of the program under test, so that a mistake in its reader is not made twice.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace seal_maker {

using Bytes = std::vector<std::uint8_t>;

[[nodiscard]] Bytes joined(std::initializer_list<Bytes> parts);
[[nodiscard]] Bytes bytes_of(std::string_view text);

[[nodiscard]] Bytes tlv(std::uint8_t tag, const Bytes& content);
/// X.690 8.1.3.6; only for constructed tags.
[[nodiscard]] Bytes indefinite_tlv(std::uint8_t tag, const Bytes& content);

[[nodiscard]] Bytes sequence(std::initializer_list<Bytes> parts);
[[nodiscard]] Bytes set(std::initializer_list<Bytes> parts);
/// [number] EXPLICIT
[[nodiscard]] Bytes tagged(unsigned number, const Bytes& element);
[[nodiscard]] Bytes integer(std::int64_t value);
[[nodiscard]] Bytes boolean(bool value);
[[nodiscard]] Bytes oid(std::string_view dotted);
[[nodiscard]] Bytes octets(const Bytes& content);
[[nodiscard]] Bytes bits(const Bytes& content);
[[nodiscard]] Bytes utf8(std::string_view text);
[[nodiscard]] Bytes printable(std::string_view text);
[[nodiscard]] Bytes ia5(std::string_view text);
/// `digits` is "YYYYMMDDhhmmssZ" for both.
[[nodiscard]] Bytes utc_time(std::string_view digits);
[[nodiscard]] Bytes generalized_time(std::string_view digits);

}  // namespace seal_maker
