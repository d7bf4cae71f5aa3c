// SPDX-License-Identifier: Apache-2.0
//
// The words of wire.hpp, from characters to values. Each function refuses what is not exactly of its form.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/token/snapshot.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::token {

/// What faults name when the host ended before it called anything.
inline constexpr std::string_view before_any_call = "scca-module-host";

/// Letters, digits and underscores, at most wire::max_word.
[[nodiscard]] bool is_name(std::string_view word) noexcept;
/// Eight hexadecimal digits.
[[nodiscard]] std::optional<std::uint32_t> parse_code(std::string_view word);
/// Decimal, at most twelve digits.
[[nodiscard]] std::optional<std::chrono::microseconds> parse_microseconds(std::string_view word);
/// wire::nothing, or text in hexadecimal; made valid.
[[nodiscard]] std::optional<std::string> parse_sentence(std::string_view word);

/// The value of a field from its octets; false when they are not of its form.
[[nodiscard]] bool assign(std::string& to, ByteView octets);
[[nodiscard]] bool assign(std::uint32_t& to, ByteView octets);
[[nodiscard]] bool assign(std::optional<std::uint32_t>& to, ByteView octets);
[[nodiscard]] bool assign(bool& to, ByteView octets);
[[nodiscard]] bool assign(std::optional<bool>& to, ByteView octets);
[[nodiscard]] bool assign(Bytes& to, ByteView octets);
[[nodiscard]] bool assign(KeyRole& to, ByteView octets);
[[nodiscard]] bool assign(KeyAlgorithm& to, ByteView octets);
[[nodiscard]] bool assign(SkfAbi& to, ByteView octets);

}  // namespace scca::token
