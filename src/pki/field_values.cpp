// SPDX-License-Identifier: Apache-2.0
#include "field_values.hpp"

#include "values.hpp"

namespace scca::pki {

using der::Tag;

std::optional<Moment> need_time(Fields& fields, std::string_view field) {
    const auto element = fields.any(field);
    if (!element) return std::nullopt;
    if (!element->is(Tag::utc_time) && !element->is(Tag::generalized_time)) {
        fields.note(field, element->offset, "another type stands here");
        return std::nullopt;
    }
    const TimeReading time = time_of(*element);
    if (time.complaint.empty()) return time.moment;
    if (time.moment) {
        fields.note_flaw(field, element->offset, time.complaint);
    } else {
        fields.note(field, element->offset, time.complaint);
    }
    return time.moment;
}

std::string need_text(Fields& fields, std::string_view field) {
    const auto element = fields.any(field);
    if (!element || element->cut) return {};
    if (auto text = string_of(*element)) return std::move(*text);
    fields.note(field, element->offset, "no character string");
    return {};
}

std::int64_t need_integer(Fields& fields, std::string_view field) {
    const auto element = fields.need(Tag::integer, field);
    if (!element) return 0;
    const auto value = small_integer(element->content);
    if (!value) fields.note(field, element->offset, "no number of 64 bits");
    return value.value_or(0);
}

Bytes need_octets(Fields& fields, std::string_view field) {
    const auto element = fields.need(Tag::octet_string, field);
    if (!element || element->cut) return {};
    auto octets = der::string_octets(*element);
    if (!octets) fields.note(field, element->offset, "its segments cannot be read");
    return std::move(octets).value_or(Bytes{});
}

Bytes need_bits(Fields& fields, std::string_view field) {
    const auto element = fields.need(Tag::bit_string, field);
    if (!element || element->cut) return {};
    auto octets = bit_string_octets(*element);
    if (!octets) fields.note(field, element->offset, "no count of unused bits");
    return std::move(octets).value_or(Bytes{});
}

std::string need_algorithm(Fields& fields, std::string_view field) {
    std::optional<der::Element> oid;
    if (const auto identifier = fields.accept(Tag::sequence, field)) {
        oid = fields.enter(*identifier).need(Tag::oid, field);
    } else {
        oid = fields.need(Tag::oid, field);
    }
    if (!oid) return {};
    if (auto text = oid_text(oid->content)) return std::move(*text);
    fields.note(field, oid->offset, "no object identifier");
    return {};
}

}  // namespace scca::pki
