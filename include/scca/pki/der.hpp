// SPDX-License-Identifier: Apache-2.0
//
// A reader of DER (ITU-T X.690) that survives what real encoders write: BER indefinite lengths, long-form lengths that
// could be short, trailing octets. It reads in place, copies nothing, never leaves its input, and a failure names
// the offset where it breaks and the field that was expected there. Depth and element counts are bounded.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::pki::der {

inline constexpr std::size_t max_depth = 32;

/// Identifier octet of the types used here (X.690 8.1.2, low-tag form only).
enum class Tag : std::uint8_t {
    boolean = 0x01,
    integer = 0x02,
    bit_string = 0x03,
    octet_string = 0x04,
    null = 0x05,
    oid = 0x06,
    utf8_string = 0x0C,
    printable_string = 0x13,
    teletex_string = 0x14,
    ia5_string = 0x16,
    utc_time = 0x17,
    generalized_time = 0x18,
    universal_string = 0x1C,
    bmp_string = 0x1E,
    sequence = 0x30,
    set = 0x31,
    context_0 = 0xA0,
    context_1 = 0xA1,
    context_2 = 0xA2,
    context_3 = 0xA3,
};

/// One element. Views point into the input.
struct Element {
    std::uint8_t tag = 0;    ///< identifier octet as it stands
    std::size_t offset = 0;  ///< of the identifier octet, from the start of the whole input
    ByteView whole;          ///< identifier, length and content (with end-of-contents octets when indefinite)
    ByteView content;
    bool indefinite = false;  ///< BER indefinite length (X.690 8.1.3.6)
    bool cut = false;         ///< only from step(): its length runs over the input, and this is what there is of it

    [[nodiscard]] bool is(Tag wanted) const noexcept { return tag == static_cast<std::uint8_t>(wanted); }
    [[nodiscard]] bool is_constructed() const noexcept { return (tag & 0x20U) != 0; }
    [[nodiscard]] std::size_t end() const noexcept { return offset + whole.size(); }
    [[nodiscard]] std::size_t content_offset() const noexcept {
        return offset + static_cast<std::size_t>(content.data() - whole.data());
    }
};

/// Whether strings of this type may come in segments (X.690 8.6.4, 8.7.3, 8.23).
[[nodiscard]] bool is_string(Tag tag) noexcept;

/// Whether the identifier octet is this type; of a string type its constructed form counts too.
[[nodiscard]] inline bool matches(std::uint8_t identifier, Tag wanted) noexcept {
    const auto plain = static_cast<std::uint8_t>(wanted);
    return identifier == plain || (identifier == (plain | 0x20U) && is_string(wanted));
}

/// Why no element could be read.
enum class Break : std::uint8_t { none, end, identifier, length, depth };

/// In words, for Fault::text.
[[nodiscard]] std::string_view text_of(Break broke) noexcept;

/// The fault of a field that cannot be read: kind damaged, `call` the field's path, `number` the offset.
[[nodiscard]] Fault damaged(std::string_view field, std::size_t offset, std::string_view text);

/// Walks the elements of one constructed value, front to back.
class Reader {
public:
    /// `base` is the offset of `input` in the whole that is being read.
    explicit Reader(ByteView input, std::size_t base = 0, std::size_t depth = 0) noexcept
        : rest_(input), offset_(base), depth_(depth) {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
    /// The identifier octet that comes next; nothing at the end.
    [[nodiscard]] std::optional<std::uint8_t> next_tag() const noexcept;
    [[nodiscard]] bool next_is(Tag tag) const noexcept { return !rest_.empty() && matches(rest_.front(), tag); }

    /// The next element, whatever it is. `field` is the path named in a fault, e.g.
    /// "Certificate.tbsCertificate.validity".
    [[nodiscard]] Result<Element> read(std::string_view field);
    /// The next element, which must have this tag.
    [[nodiscard]] Result<Element> read(Tag tag, std::string_view field);
    /// Fills `element` with the next one as far as it is there: one that runs over the input comes `cut`. Builds no
    /// fault and copies nothing, so it is quick; when it breaks, reader and element stay as they are.
    [[nodiscard]] Break step(Element& element) noexcept;
    /// A reader of the element's content, one level deeper.
    [[nodiscard]] Reader enter(const Element& element) const noexcept {
        return Reader(element.content, element.content_offset(), depth_ + 1);
    }

private:
    ByteView rest_;
    std::size_t offset_;
    std::size_t depth_;
};

/// The octets of a string type; the segments of a constructed one are joined (X.690 8.7.3.2). A BIT STRING keeps its
/// count of unused bits. Nothing when the segments cannot be read.
[[nodiscard]] std::optional<Bytes> string_octets(const Element& element);

/// An element of this type with this content, its length definite and shortest.
[[nodiscard]] Bytes wrap(Tag tag, ByteView content);

/// The same value with definite, shortest lengths and primitive strings (X.690 10.1, 10.2). Default values that are
/// written out, the order of sets and the octets of integers stay: a signature covers them as they were received.
[[nodiscard]] Result<Bytes> reencode(ByteView element);

}  // namespace scca::pki::der

namespace scca::pki {

/// A character string as UTF-8: BMPString and UniversalString by their width; any other type as UTF-8 or, when it is
/// none, as GBK (GB 18030), which Chinese software has put into every string type; Latin-1 for a TeletexString that is
/// neither. Nothing when the element is no character string.
[[nodiscard]] std::optional<std::string> string_of(const der::Element& element);

}  // namespace scca::pki
