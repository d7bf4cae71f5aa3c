// SPDX-License-Identifier: Apache-2.0
#include "signature_encoding.hpp"

#include "scca/pki/der.hpp"
#include "values.hpp"

#include <algorithm>

namespace scca::pki {
namespace {

void append_integer(Bytes& out, ByteView octets) {
    const ByteView digits = magnitude(octets);
    Bytes content;
    // The sign bit must be clear (X.690 8.3.3), and zero is one octet.
    if (digits.empty() || (digits.front() & 0x80U) != 0) content.push_back(0);
    content.insert(content.end(), digits.begin(), digits.end());
    const Bytes integer = der::wrap(der::Tag::integer, content);
    out.insert(out.end(), integer.begin(), integer.end());
}

Bytes encode(ByteView r, ByteView s) {
    Bytes numbers;
    append_integer(numbers, r);
    append_integer(numbers, s);
    return der::wrap(der::Tag::sequence, numbers);
}

bool is_negative(ByteView integer) noexcept { return !integer.empty() && (integer.front() & 0x80U) != 0; }

/// X.690 8.3.2: the first nine bits are not all equal. A negative one is another mistake.
bool is_padded(ByteView integer) noexcept { return integer.size() > 1 && integer[0] == 0 && (integer[1] & 0x80U) == 0; }

}  // namespace

std::optional<SignatureValue> signature_value(ByteView signature, std::size_t word) {
    constexpr std::string_view field = "signature";
    der::Reader reader(signature);
    const auto sequence = reader.read(der::Tag::sequence, field);
    if (sequence) {
        der::Reader numbers = reader.enter(*sequence);
        const auto r = numbers.read(der::Tag::integer, field);
        const auto s = numbers.read(der::Tag::integer, field);
        const auto fits = [&](const Result<der::Element>& number) {
            return number && magnitude(number->content).size() <= word;
        };
        if (fits(r) && fits(s) && numbers.at_end()) {
            SignatureValue value{encode(r->content, s->content), {}};
            if (std::ranges::equal(value.der, signature)) return value;
            const bool negative = is_negative(r->content) || is_negative(s->content);
            const bool padded = is_padded(r->content) || is_padded(s->content);
            value.mistake = negative ? "negative-integer" : padded ? "non-minimal-integer" : "der-reencoded";
            return value;
        }
    }
    if (signature.size() != word * 2) return std::nullopt;
    return SignatureValue{encode(signature.first(word), signature.subspan(word)), "raw-rs"};
}

}  // namespace scca::pki
