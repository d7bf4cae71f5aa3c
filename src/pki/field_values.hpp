// SPDX-License-Identifier: Apache-2.0
//
// Fields that must be there and hold a value of one kind. What is missing or unreadable is noted at `field` and gives
// the empty value.
#pragma once

#include "fields.hpp"
#include "scca/core/calendar.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::pki {

/// UTCTime or GeneralizedTime.
[[nodiscard]] std::optional<Moment> need_time(Fields& fields, std::string_view field);

/// A character string of any type, as UTF-8.
[[nodiscard]] std::string need_text(Fields& fields, std::string_view field);

/// An INTEGER of at most 64 bits.
[[nodiscard]] std::int64_t need_integer(Fields& fields, std::string_view field);

/// The octets of an OCTET STRING.
[[nodiscard]] Bytes need_octets(Fields& fields, std::string_view field);

/// The octets of a BIT STRING without the count of unused bits.
[[nodiscard]] Bytes need_bits(Fields& fields, std::string_view field);

/// The dotted identifier of an algorithm, written as an OBJECT IDENTIFIER or as an AlgorithmIdentifier.
[[nodiscard]] std::string need_algorithm(Fields& fields, std::string_view field);

}  // namespace scca::pki
