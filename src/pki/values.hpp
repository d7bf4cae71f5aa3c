// SPDX-License-Identifier: Apache-2.0
//
// The values inside elements: object identifiers, integers, times and strings. Each reads one element's content and
// says in words what is wrong with it; none knows which field it stands in.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/pki/der.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::pki {

/// "1.2.156.10197.1.501"; nothing when the content is no object identifier (X.690 8.19) or an arc exceeds 64 bits.
[[nodiscard]] std::optional<std::string> oid_text(ByteView content);

/// The INTEGER's value; nothing when it is empty or needs more than 64 bits.
[[nodiscard]] std::optional<std::int64_t> small_integer(ByteView content) noexcept;

/// An INTEGER taken as a magnitude: without leading zero octets.
[[nodiscard]] ByteView magnitude(ByteView content) noexcept;

/// BIT STRING content without the count of unused bits; nothing when there is no such count.
[[nodiscard]] std::optional<Bytes> bit_string_octets(const der::Element& element);

struct TimeReading {
    std::optional<Moment> moment;
    std::string_view complaint;  ///< empty when the time is written as its type says
};

/// UTCTime (two-digit years 1950–2049, RFC 5280 4.1.2.5.1) or GeneralizedTime with or without seconds and fraction. A
/// time without zone is read as UTC and complained of.
[[nodiscard]] TimeReading time_of(const der::Element& element);

}  // namespace scca::pki
