// SPDX-License-Identifier: Apache-2.0
#include "log_filter.hpp"

#include <algorithm>
#include <cstring>

namespace scca::explain {
namespace {

using namespace log_tables;

constexpr std::size_t eight = sizeof(std::uint64_t);

bool is_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Reads eight bytes, which is faster than six.
std::uint64_t hash_of_eight(const char* at) noexcept {
    std::uint64_t gram = 0;
    std::memcpy(&gram, at, eight);
    return mixed(gram);
}

std::uint64_t hash_at(std::string_view bytes, std::size_t at) noexcept {
    if (bytes.size() - at >= eight) return hash_of_eight(bytes.data() + at);
    std::uint64_t gram = 0;
    std::memcpy(&gram, bytes.data() + at, gram_length);
    return mixed(gram);
}

/// Its bit of the filter.
std::size_t bit_of(std::uint64_t hash) noexcept { return filter[filter_word(hash)] >> filter_bit(hash) & 1U; }

/// Whether a word, or a phrase that announces a code, is spelt like one of the table: in hexadecimal, decimal, or a
/// symbol.
bool is_code(std::string_view word) noexcept {
    constexpr std::size_t longest = 80;
    if (word.size() < gram_length || word.size() > longest) return false;
    const std::uint32_t hash = word_hash(word);
    const std::uint32_t bit = hash % (1U << word_bits);
    return (code_word_bits[bit / 64] >> bit % 64 & 1U) != 0 &&
           std::binary_search(code_word_hashes, code_word_hashes + code_word_hashes_size, hash);
}

}  // namespace

/// Without a jump for each gram, which the processor would guess wrong.
void LogHits::look_at_more() noexcept {
    constexpr std::size_t side_by_side = 4;
    constexpr std::size_t step = side_by_side * stride;
    origin_ = looked_at_;
    taken_ = count_ = 0;
    const std::size_t left = bytes_.size() - looked_at_;
    const std::size_t length =
        left < eight + step ? 0 : std::min((left - eight) / step, together / side_by_side) * step;
    const char* const first = bytes_.data() + origin_;
    std::size_t count = 0;
    for (std::size_t at = 0; at < length; at += step) {
        for (std::size_t place = at; place < at + step; place += stride) {
            places_[count] = static_cast<std::uint16_t>(place);
            count += bit_of(hash_of_eight(first + place));
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        places_[kept] = places_[i];
        kept += bit_of(second(hash_of_eight(first + places_[i])));
    }
    looked_at_ += length;
    if (length == 0 && left >= gram_length) {
        places_[0] = 0;
        kept = 1;
        looked_at_ += stride;
    }
    count_ = kept;
}

std::uint32_t LogHits::code_around(std::size_t at) const noexcept {
    constexpr std::size_t longest = 80;
    std::size_t first = at;
    std::size_t end = at + gram_length;
    while (first > 0 && at - first < longest && is_word(bytes_[first - 1])) --first;
    while (end < bytes_.size() && end - at < longest && is_word(bytes_[end])) ++end;
    const std::string_view word = bytes_.substr(first, end - first);
    if (is_code(word)) return word_hash(word);
    for (const std::size_t length : {window_length, window_length - 1}) {
        for (std::size_t before = 0; before <= std::min(at, length - gram_length); ++before) {
            const std::string_view window = bytes_.substr(at - before, length);
            if (is_code(window)) return word_hash(window);
        }
    }
    return 0;
}

LogHits::Hit LogHits::hit_at(std::size_t at) const noexcept {
    const Row row = rows[place_in(rows, hash_at(bytes_, at))];
    if (row.of_code != 0) {
        if (const std::uint32_t code = code_around(at); code != 0) return {at, enough, code};
    }
    return {at, row.weight, 0};
}

LogHits::Hit LogHits::next() noexcept {
    for (;;) {
        while (taken_ < count_) {
            if (const Hit hit = hit_at(origin_ + places_[taken_++]); hit.weight > 0) return hit;
        }
        const std::size_t before = looked_at_;
        look_at_more();
        if (looked_at_ == before) return {};
    }
}

}  // namespace scca::explain
