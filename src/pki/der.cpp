// SPDX-License-Identifier: Apache-2.0
//
// The walk over TLVs. Knows identifier and length octets and no meaning of what lies between them.
#include "scca/pki/der.hpp"

#include <string>

namespace scca::pki::der {
namespace {

struct Header {
    Break broke = Break::none;
    std::size_t size = 0;    ///< identifier and length octets
    std::size_t length = 0;  ///< of the content, when definite
    bool indefinite = false;
};

/// X.690 8.1.2.4: identifier octets with a tag number above 30 go on while bit 8 is set.
std::size_t identifier_size(ByteView input) noexcept {
    if ((input[0] & 0x1FU) != 0x1FU) return 1;
    std::size_t size = 1;
    while (size < input.size() && (input[size] & 0x80U) != 0) ++size;
    return size + 1;
}

struct PlainHeader {
    std::size_t size = 0;  ///< 0: not of this kind
    std::size_t length = 0;
};

/// As nearly all are: an octet of identifier, a definite length of one to three octets, and all of the content there.
PlainHeader plain_header(ByteView input) noexcept {
    if (input.size() < 4 || (input[0] & 0x1FU) == 0x1FU) return {};
    PlainHeader header;
    if (input[1] < 0x80U) {
        header = {2, input[1]};
    } else if (input[1] == 0x81U) {
        header = {3, input[2]};
    } else if (input[1] == 0x82U) {
        header = {4, std::size_t{input[2]} << 8U | input[3]};
    }
    return header.length <= input.size() - header.size ? header : PlainHeader{};
}

Header read_header(ByteView input) noexcept {
    Header header;
    if (input.empty()) return {Break::end};
    header.size = identifier_size(input);
    if (header.size >= input.size()) return {Break::identifier};
    const std::uint8_t first = input[header.size++];
    if (first < 0x80U) {
        header.length = first;
        return header;
    }
    if (first == 0x80U) {
        header.indefinite = true;
        if ((input[0] & 0x20U) == 0) header.broke = Break::length;
        return header;
    }
    const std::size_t count = first & 0x7FU;
    if (count > input.size() - header.size) return {Break::length};
    for (std::size_t i = 0; i < count; ++i) {
        if (header.length > (SIZE_MAX >> 16U)) return {Break::length};
        header.length = (header.length << 8U) | input[header.size++];
    }
    return header;
}

/// Length of an indefinite-length content up to its end-of-contents octets; nothing when they do not come.
/// Elements of definite length are stepped over, so this is one pass whatever the nesting.
std::optional<std::size_t> find_end_of_contents(ByteView content) noexcept {
    std::size_t position = 0;
    std::size_t open = 1;
    while (position + 2 <= content.size()) {
        const ByteView rest = content.subspan(position);
        if (rest[0] == 0 && rest[1] == 0) {
            if (--open == 0) return position;
            position += 2;
            continue;
        }
        const Header header = read_header(rest);
        if (header.broke != Break::none) return std::nullopt;
        if (header.indefinite && ++open > max_depth) return std::nullopt;
        if (header.length > rest.size() - header.size) return std::nullopt;
        position += header.size + header.length;
    }
    return std::nullopt;
}

}  // namespace

bool is_string(Tag tag) noexcept {
    switch (tag) {
        case Tag::bit_string:
        case Tag::octet_string:
        case Tag::utf8_string:
        case Tag::printable_string:
        case Tag::teletex_string:
        case Tag::ia5_string:
        case Tag::universal_string:
        case Tag::bmp_string: return true;
        default: return false;
    }
}

std::string_view text_of(Break broke) noexcept {
    switch (broke) {
        case Break::none: return "";
        case Break::end: return "the input ends here";
        case Break::identifier: return "the input ends within an identifier";
        case Break::length: return "the length cannot be read";
        case Break::depth: return "nested too deeply";
    }
    return "";
}

Fault damaged(std::string_view field, std::size_t offset, std::string_view text) {
    return {.kind = FaultKind::damaged,
            .call = std::string(field),
            .family = {},
            .number = static_cast<std::int64_t>(offset),
            .text = std::string(text)};
}

std::optional<std::uint8_t> Reader::next_tag() const noexcept {
    if (rest_.empty()) return std::nullopt;
    return rest_.front();
}

Break Reader::step(Element& element) noexcept {
    if (depth_ > max_depth) return Break::depth;
    if (const auto [size, length] = plain_header(rest_); size != 0) {
        element = {rest_.front(), offset_, rest_.first(size + length), rest_.subspan(size, length), false, false};
        rest_ = rest_.subspan(size + length);
        offset_ += size + length;
        return Break::none;
    }
    const Header header = read_header(rest_);
    if (header.broke != Break::none) return header.broke;
    element.tag = rest_.front();
    element.offset = offset_;
    element.indefinite = header.indefinite;
    const ByteView after = rest_.subspan(header.size);
    std::size_t taken = header.size;
    if (header.indefinite) {
        const auto length = find_end_of_contents(after);
        element.cut = !length;
        element.content = after.first(length.value_or(after.size()));
        taken += element.content.size() + (length ? 2 : 0);
    } else {
        element.cut = header.length > after.size();
        element.content = element.cut ? after : after.first(header.length);
        taken += element.content.size();
    }
    element.whole = rest_.first(taken);
    rest_ = rest_.subspan(taken);
    offset_ += taken;
    return Break::none;
}

Result<Element> Reader::read(std::string_view field) {
    Reader after = *this;
    Element element;
    const Break broke = after.step(element);
    if (broke != Break::none) return damaged(field, offset_, text_of(broke));
    if (element.cut) return damaged(field, offset_, "the input ends within it");
    *this = after;
    return element;
}

Result<Element> Reader::read(Tag tag, std::string_view field) {
    if (!rest_.empty() && !next_is(tag)) return damaged(field, offset_, "another type stands here");
    return read(field);
}

}  // namespace scca::pki::der
