// SPDX-License-Identifier: Apache-2.0
//
// BER to DER, as far as a signature needs it: lengths and constructed strings. Sorts no set and drops no default.
#include "scca/pki/der.hpp"

#include <array>

namespace scca::pki::der {
namespace {

constexpr std::uint8_t constructed = 0x20;

/// A universal string type in its constructed form; SEQUENCE and SET are constructed by nature.
bool is_constructed_string(const Element& element) noexcept {
    const bool universal = (element.tag & 0xC0U) == 0;
    return universal && element.is_constructed() && !element.is(Tag::sequence) && !element.is(Tag::set);
}

void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

void append_length(Bytes& out, std::size_t length) {
    if (length < 0x80) {
        out.push_back(static_cast<std::uint8_t>(length));
        return;
    }
    std::array<std::uint8_t, sizeof(std::size_t)> octets{};
    std::size_t count = 0;
    for (std::size_t rest = length; rest != 0; rest >>= 8U) octets[count++] = static_cast<std::uint8_t>(rest & 0xFFU);
    out.push_back(static_cast<std::uint8_t>(0x80U | count));
    while (count > 0) out.push_back(octets[--count]);
}

std::size_t identifier_length(const Element& element) noexcept {
    if ((element.tag & 0x1FU) != 0x1FU) return 1;
    std::size_t size = 1;
    while ((element.whole[size] & 0x80U) != 0) ++size;
    return size + 1;
}

std::optional<Fault> append_segments(Bytes& out, Reader reader, std::uint8_t primitive) {
    while (!reader.at_end()) {
        auto segment = reader.read("segment");
        if (!segment) return segment.error();
        if (segment->tag == (primitive | constructed)) {
            if (auto fault = append_segments(out, reader.enter(*segment), primitive)) return fault;
            continue;
        }
        if (segment->tag != primitive) return damaged("segment", segment->offset, "another type stands here");
        ByteView octets = segment->content;
        if (primitive == static_cast<std::uint8_t>(Tag::bit_string)) {
            // The last segment's count of unused bits is the whole string's (X.690 8.6.4.1).
            if (octets.empty()) return damaged("segment", segment->offset, "no count of unused bits");
            if (out.empty()) out.push_back(0);
            out.front() = octets.front();
            octets = octets.subspan(1);
        }
        append(out, octets);
    }
    return std::nullopt;
}

std::optional<Fault> append_der(Bytes& out, const Element& element, const Reader& parent) {
    Bytes content;
    const std::size_t identifier = identifier_length(element);
    if (is_constructed_string(element)) {
        const auto primitive = static_cast<std::uint8_t>(element.tag & ~constructed);
        if (auto fault = append_segments(content, parent.enter(element), primitive)) return fault;
        out.push_back(primitive);
    } else {
        append(out, element.whole.first(identifier));
        if (element.is_constructed()) {
            Reader inner = parent.enter(element);
            while (!inner.at_end()) {
                auto child = inner.read("element");
                if (!child) return child.error();
                if (auto fault = append_der(content, *child, inner)) return fault;
            }
        } else {
            append(content, element.content);
        }
    }
    append_length(out, content.size());
    append(out, content);
    return std::nullopt;
}

}  // namespace

Bytes wrap(Tag tag, ByteView content) {
    Bytes out{static_cast<std::uint8_t>(tag)};
    append_length(out, content.size());
    append(out, content);
    return out;
}

std::optional<Bytes> string_octets(const Element& element) {
    if (!is_constructed_string(element)) return Bytes(element.content.begin(), element.content.end());
    Bytes joined;
    const auto primitive = static_cast<std::uint8_t>(element.tag & ~constructed);
    const Reader reader(element.content, element.content_offset(), 1);
    if (append_segments(joined, reader, primitive)) return std::nullopt;
    return joined;
}

Result<Bytes> reencode(ByteView element) {
    Reader reader(element);
    auto whole = reader.read("element");
    if (!whole) return whole.error();
    Bytes out;
    out.reserve(element.size());
    if (auto fault = append_der(out, *whole, reader)) return *fault;
    return out;
}

}  // namespace scca::pki::der
