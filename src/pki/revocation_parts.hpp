// SPDX-License-Identifier: Apache-2.0
//
// What revocation lists and OCSP answers have in common: extensions, and numbers of a list.
#pragma once

#include "fields.hpp"
#include "values.hpp"

#include "scca/pki/revocation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scca::pki {

/// Bound on what a list may make this program read.
inline constexpr std::size_t max_list_extensions = 64;

/// Calls `read(oid, critical, value)` for each Extension (RFC 5280 4.1) that has the right shape.
template <class Read>
void for_each_extension(Fields list, std::string_view field, Read read) {
    for (std::size_t count = 0; list.more() && count < max_list_extensions; ++count) {
        const auto extension = list.need(der::Tag::sequence, field);
        if (!extension) continue;
        Fields fields = list.enter(*extension);
        const auto oid = fields.need(der::Tag::oid, field);
        const auto flag = fields.accept(der::Tag::boolean, field);
        const auto value = fields.need(der::Tag::octet_string, field);
        if (!oid || !value || value->is_constructed()) continue;
        const bool critical = flag && !flag->content.empty() && flag->content.front() != 0;
        read(oid->content, critical, fields.within(value->content, value->content_offset()));
    }
}

/// An ENUMERATED (X.690 8.4) that fits 64 bits; nothing, and a defect, when another type stands there.
[[nodiscard]] inline std::optional<std::int64_t> enumerated_of(Fields& fields, std::string_view field) {
    constexpr std::uint8_t enumerated = 0x0A;
    const auto element = fields.any(field);
    if (!element) return std::nullopt;
    const auto value = element->tag == enumerated ? small_integer(element->content) : std::nullopt;
    if (!value) fields.note(field, element->offset, "no enumerated value");
    return value;
}

/// TBSCertList begins with an optional version, two SEQUENCEs and a date; no certificate does.
[[nodiscard]] inline bool looks_like_crl(ByteView octets) noexcept {
    der::Reader reader(octets);
    der::Element element;
    if (reader.step(element) != der::Break::none || !element.is(der::Tag::sequence)) return false;
    reader = reader.enter(element);
    if (reader.step(element) != der::Break::none || !element.is(der::Tag::sequence)) return false;
    reader = reader.enter(element);
    if (reader.next_is(der::Tag::integer) && reader.step(element) != der::Break::none) return false;
    for (int count = 0; count < 2; ++count) {
        if (!reader.next_is(der::Tag::sequence) || reader.step(element) != der::Break::none) return false;
    }
    return reader.next_is(der::Tag::utc_time) || reader.next_is(der::Tag::generalized_time);
}

}  // namespace scca::pki
