// SPDX-License-Identifier: Apache-2.0
#include "log_filter.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace scca::explain {
namespace {

using namespace log_tables;

bool is_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::uint64_t load(const char* at) noexcept {
    std::uint64_t gram = 0;
    std::memcpy(&gram, at, gram_length);
    return gram;
}

/// Reads eight bytes, which is faster than six.
std::uint64_t load_fast(const char* at) noexcept {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    return eight & 0xFFFFFFFFFFFFU;
}

/// 1 when both bits of the gram are set. One multiplication, one word of memory.
unsigned perhaps(std::uint64_t gram) noexcept {
    const std::uint64_t hash = mixed(gram);
    const std::uint64_t word = bloom[bloom_word(hash)];
    return static_cast<unsigned>(word >> first_bit(hash) & word >> second_bit(hash) & 1U);
}

}  // namespace

std::size_t LogFilter::find_perhaps(std::string_view bytes, std::size_t from, std::size_t end) noexcept {
    constexpr std::size_t together = 4;
    constexpr std::size_t eight = 8;
    while (from + gram_length <= end && from + (together - 1) * stride + eight <= bytes.size()) {
        const char* const at = bytes.data() + from;
        const unsigned found = perhaps(load_fast(at)) | perhaps(load_fast(at + stride)) << 1U |
                               perhaps(load_fast(at + 2 * stride)) << 2U | perhaps(load_fast(at + 3 * stride)) << 3U;
        if (found != 0) {
            const std::size_t first = from + stride * static_cast<std::size_t>(std::countr_zero(found));
            return first + gram_length <= end ? first : std::string_view::npos;
        }
        from += together * stride;
    }
    for (; from + gram_length <= end; from += stride) {
        if (perhaps(load(bytes.data() + from)) != 0) return from;
    }
    return std::string_view::npos;
}

LogFilter::Hit LogFilter::hit_at(std::string_view bytes, std::size_t at) noexcept {
    // Writing six bytes to read eight would have the processor wait.
    const bool roomy = bytes.size() - at >= sizeof(std::uint64_t);
    const std::uint64_t gram = roomy ? load_fast(bytes.data() + at) : load(bytes.data() + at);
    const Known row = known[place_of(known, mixed(gram))];
    if (row.of_code != 0) {
        constexpr std::size_t longest = 80;
        std::size_t first = at;
        std::size_t end = at + gram_length;
        while (first > 0 && at - first < longest && is_word(bytes[first - 1])) --first;
        while (end < bytes.size() && end - at < longest && is_word(bytes[end])) ++end;
        const std::string_view word = bytes.substr(first, end - first);
        if (is_code(word)) return {at, enough, word_hash(word)};
    }
    return {at, row.weight > says_nothing ? row.weight : 0U, row.weight >= enough ? gram : 0};
}

LogFilter::Hit LogFilter::find_next(std::string_view bytes, std::size_t from, std::size_t end) noexcept {
    for (std::size_t at = find_perhaps(bytes, from, end); at != std::string_view::npos;
         at = find_perhaps(bytes, at + stride, end)) {
        if (const Hit hit = hit_at(bytes, at); hit.weight > 0) return hit;
    }
    return {};
}

bool LogFilter::is_code(std::string_view word) noexcept {
    constexpr std::size_t longest = 80;
    if (word.size() < gram_length || word.size() > longest) return false;
    const std::uint32_t hash = word_hash(word);
    const std::uint32_t bit = hash % (1U << word_bits);
    return (code_word_bits[bit / 64] >> bit % 64 & 1U) != 0 &&
           std::binary_search(code_word_hashes, code_word_hashes + code_word_hashes_size, hash);
}

}  // namespace scca::explain
