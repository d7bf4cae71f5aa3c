// SPDX-License-Identifier: Apache-2.0
#include "der_writer.hpp"

#include <charconv>

namespace seal_maker {
namespace {

void append(Bytes& out, const Bytes& part) { out.insert(out.end(), part.begin(), part.end()); }

void append_length(Bytes& out, std::size_t length) {
    if (length < 0x80) {
        out.push_back(static_cast<std::uint8_t>(length));
        return;
    }
    Bytes digits;
    for (; length > 0; length >>= 8U) digits.insert(digits.begin(), static_cast<std::uint8_t>(length & 0xFFU));
    out.push_back(static_cast<std::uint8_t>(0x80U | digits.size()));
    append(out, digits);
}

void append_arc(Bytes& out, std::uint64_t arc) {
    Bytes digits{static_cast<std::uint8_t>(arc & 0x7FU)};
    for (arc >>= 7U; arc > 0; arc >>= 7U) {
        digits.insert(digits.begin(), static_cast<std::uint8_t>(0x80U | (arc & 0x7FU)));
    }
    append(out, digits);
}

}  // namespace

Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) append(all, part);
    return all;
}

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

Bytes tlv(std::uint8_t tag, const Bytes& content) {
    Bytes out{tag};
    append_length(out, content.size());
    append(out, content);
    return out;
}

Bytes indefinite_tlv(std::uint8_t tag, const Bytes& content) {
    Bytes out{tag, 0x80};
    append(out, content);
    append(out, {0, 0});
    return out;
}

Bytes sequence(std::initializer_list<Bytes> parts) { return tlv(0x30, joined(parts)); }
Bytes set(std::initializer_list<Bytes> parts) { return tlv(0x31, joined(parts)); }
Bytes tagged(unsigned number, const Bytes& element) { return tlv(static_cast<std::uint8_t>(0xA0U | number), element); }

Bytes integer(std::int64_t value) {
    Bytes content{static_cast<std::uint8_t>(value & 0xFF)};
    for (value >>= 8; value != 0 && value != -1; value >>= 8) {
        content.insert(content.begin(), static_cast<std::uint8_t>(value & 0xFF));
    }
    if (value == 0 && (content.front() & 0x80U) != 0) content.insert(content.begin(), 0);
    return tlv(0x02, content);
}

Bytes boolean(bool value) { return tlv(0x01, {static_cast<std::uint8_t>(value ? 0xFF : 0x00)}); }

Bytes oid(std::string_view dotted) {
    std::vector<std::uint64_t> arcs;
    for (const char* at = dotted.data(); at < dotted.data() + dotted.size(); ++at) {
        std::uint64_t arc = 0;
        at = std::from_chars(at, dotted.data() + dotted.size(), arc).ptr;
        arcs.push_back(arc);
    }
    Bytes content;
    append_arc(content, arcs.at(0) * 40 + arcs.at(1));
    for (std::size_t i = 2; i < arcs.size(); ++i) append_arc(content, arcs[i]);
    return tlv(0x06, content);
}

Bytes octets(const Bytes& content) { return tlv(0x04, content); }
Bytes bits(const Bytes& content) { return tlv(0x03, joined({{0}, content})); }
Bytes utf8(std::string_view text) { return tlv(0x0C, bytes_of(text)); }
Bytes printable(std::string_view text) { return tlv(0x13, bytes_of(text)); }
Bytes ia5(std::string_view text) { return tlv(0x16, bytes_of(text)); }
Bytes utc_time(std::string_view digits) { return tlv(0x17, bytes_of(digits.substr(2))); }
Bytes generalized_time(std::string_view digits) { return tlv(0x18, bytes_of(digits)); }

}  // namespace seal_maker
