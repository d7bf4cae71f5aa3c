// SPDX-License-Identifier: Apache-2.0
#include "log_filter.hpp"

#include "log_spellings.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <bit>

namespace scca::explain {
namespace {

bool is_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::uint32_t word_hash(std::string_view word) noexcept {
    if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) word.remove_prefix(2);
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : word) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        hash = (hash ^ static_cast<unsigned char>(lower)) * 16777619U;
    }
    return hash;
}

}  // namespace

LogFilter::LogFilter()
    : bloom_(std::size_t{1} << bloom_bits, 0), known_(std::size_t{1} << known_bits), last_text_(known_.size(), 0) {
    add_messages();
    add_codes();
    std::sort(code_words_.begin(), code_words_.end());
    fill_bloom();
}

void LogFilter::add_messages() {
    const MessageSpeller speller;
    for (const faq::Entry& entry : faq::entries()) {
        for (const std::string_view message : faq::messages_of(entry)) {
            ++texts_;
            speller.spell(message, [this](std::string_view text, int weight) { add_text(text, weight, false); });
        }
    }
}

void LogFilter::add_codes() {
    for (const faq::Code& code : faq::codes()) {
        ++texts_;
        for (const std::string& word : code_words(code)) add_word(word);
        for (const std::string& text : code_phrases(code)) add_text(text, enough, false);
        // A library's own sentence; some are single words.
        constexpr std::size_t not_a_word = 12;
        if (code.library_text.size() >= not_a_word) add_text(code.library_text, 3, false);
    }
}

void LogFilter::add_word(std::string_view word) {
    code_words_.push_back(word_hash(word));
    code_word_bits_[code_words_.back() % code_word_bits_.size()] = true;
    std::string spelled(word);
    for (const bool upper : {false, true}) {
        for (char& c : spelled) {
            if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        add_text(spelled, enough, true);
    }
}

void LogFilter::add_text(std::string_view text, int weight, bool of_code) {
    for (std::size_t i = 0; i + gram_length <= text.size(); ++i) {
        add_gram(load(text.data() + i), static_cast<unsigned>(weight), of_code);
    }
}

std::size_t LogFilter::place_of(std::uint64_t hash) const noexcept {
    const std::size_t mask = known_.size() - 1;
    std::size_t place = hash >> (64 - known_bits);
    while (known_[place].taken != 0 && known_[place].tag != (hash >> 16U & 0xFFFFFFU)) place = (place + 1) & mask;
    return place;
}

/// Grams of many messages say less.
void LogFilter::add_gram(std::uint64_t gram, unsigned weight, bool of_code) {
    const std::uint64_t hash = mixed(gram);
    const std::size_t place = place_of(hash);
    Known& known = known_[place];
    if (known.taken == 0) {
        known.tag = hash >> 16U & 0xFFFFFFU;
        known.taken = 1;
        grams_.push_back(gram);
    }
    if (of_code) {
        known.of_code = 1;
    } else if (known.weight == 0 || weight >= static_cast<unsigned>(enough)) {
        known.weight = weight & 7U;
    } else if (last_text_[place] != texts_ && known.weight > says_nothing &&
               known.weight < static_cast<unsigned>(enough)) {
        --known.weight;
    }
    last_text_[place] = texts_;
}

/// What only says that a text is about files or certificates is left out.
void LogFilter::fill_bloom() {
    for (const std::uint64_t gram : grams_) {
        const std::uint64_t hash = mixed(gram);
        const Known known = known_[place_of(hash)];
        if (known.of_code == 0 && known.weight <= says_nothing) continue;
        bloom_[hash >> (64 - bloom_bits)] |= bits_of(hash);
    }
    grams_ = {};
    last_text_ = {};
}

std::size_t LogFilter::find_next(std::string_view bytes, std::size_t from) const noexcept {
    const char* const start = bytes.data();
    const std::uint64_t* const bloom = bloom_.data();
    const auto perhaps = [bloom](std::uint64_t gram) {
        const std::uint64_t hash = mixed(gram);
        const std::uint64_t bits = bits_of(hash);
        return (bloom[hash >> (64 - bloom_bits)] & bits) == bits;
    };
    constexpr std::size_t together = 4;
    constexpr std::size_t eight = 8;
    while (from + (together - 1) * stride + eight <= bytes.size()) {
        const char* const at = start + from;
        const unsigned found = static_cast<unsigned>(perhaps(load_fast(at))) |
                               static_cast<unsigned>(perhaps(load_fast(at + stride))) << 1U |
                               static_cast<unsigned>(perhaps(load_fast(at + 2 * stride))) << 2U |
                               static_cast<unsigned>(perhaps(load_fast(at + 3 * stride))) << 3U;
        if (found != 0) return from + stride * static_cast<std::size_t>(std::countr_zero(found));
        from += together * stride;
    }
    for (; from + gram_length <= bytes.size(); from += stride) {
        if (perhaps(load(start + from))) return from;
    }
    return std::string_view::npos;
}

LogFilter::Hit LogFilter::hit_at(std::string_view bytes, std::size_t at) const noexcept {
    const std::uint64_t gram = load(bytes.data() + at);
    const Known known = known_[place_of(mixed(gram))];
    const Hit of_message{known.weight > says_nothing ? static_cast<int>(known.weight) : 0,
                         known.weight >= static_cast<unsigned>(enough) ? gram : 0};
    if (known.of_code == 0) return of_message;
    constexpr std::size_t longest = 80;
    std::size_t first = at;
    std::size_t end = at + gram_length;
    while (first > 0 && at - first < longest && is_word(bytes[first - 1])) --first;
    while (end < bytes.size() && end - at < longest && is_word(bytes[end])) ++end;
    const std::string_view word = bytes.substr(first, end - first);
    return is_code(word) ? Hit{enough, word_hash(word)} : of_message;
}

bool LogFilter::is_code(std::string_view word) const noexcept {
    constexpr std::size_t longest = 80;
    if (word.size() < gram_length || word.size() > longest) return false;
    const std::uint32_t hash = word_hash(word);
    return code_word_bits_[hash % code_word_bits_.size()] &&
           std::binary_search(code_words_.begin(), code_words_.end(), hash);
}

}  // namespace scca::explain
