// SPDX-License-Identifier: Apache-2.0
#include "log_grams.hpp"

#include "log_spellings.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <cstring>

namespace scca::explain {
namespace {

using namespace log_tables;

std::uint64_t load(const char* at) noexcept {
    std::uint64_t gram = 0;
    std::memcpy(&gram, at, gram_length);
    return gram;
}

std::string array(const std::string& type, const std::string& name, const std::vector<std::string>& rows) {
    std::string out = "const " + type + " " + name + "[]{";
    for (std::size_t i = 0; i < rows.size(); ++i) out += (i % 16 == 0 ? "\n" : "") + rows[i] + ",";
    return out + "};\n";
}

template <class Number>
std::vector<std::string> texts_of(const std::vector<Number>& numbers, const char* suffix) {
    std::vector<std::string> texts;
    for (const Number number : numbers) texts.push_back(std::to_string(number) + suffix);
    return texts;
}

std::string text_of(const Known& row) {
    if (row.taken == 0) return "{}";
    return "{" + std::to_string(row.tag) + "," + std::to_string(row.weight) + "," + std::to_string(row.of_code) + ",1}";
}

}  // namespace

LogGrams::LogGrams() : known_(std::size_t{1} << known_bits), last_text_(known_.size(), 0) {
    add_messages();
    add_codes();
    std::sort(code_words_.begin(), code_words_.end());
}

void LogGrams::add_messages() {
    const MessageSpeller speller;
    for (const faq::Entry& entry : faq::entries()) {
        for (const std::string_view message : faq::messages_of(entry)) {
            ++texts_;
            speller.spell(message, [this](std::string_view text, unsigned weight) { add_text(text, weight, false); });
        }
    }
}

void LogGrams::add_codes() {
    for (const faq::Code& code : faq::codes()) {
        ++texts_;
        for (const std::string& word : code_words(code)) add_word(word);
        for (const std::string& text : code_phrases(code)) add_text(text, enough, false);
        // A library's own sentence; some are single words.
        constexpr std::size_t not_a_word = 12;
        if (code.library_text.size() >= not_a_word) add_text(code.library_text, 3, false);
    }
}

void LogGrams::add_word(std::string_view word) {
    code_words_.push_back(word_hash(word));
    std::string spelled(word);
    for (const bool upper : {false, true}) {
        for (char& c : spelled) {
            if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        add_text(spelled, enough, true);
    }
}

void LogGrams::add_text(std::string_view text, unsigned weight, bool of_code) {
    for (std::size_t i = 0; i + gram_length <= text.size(); ++i) add_gram(load(text.data() + i), weight, of_code);
}

/// Grams of many messages say less.
void LogGrams::add_gram(std::uint64_t gram, unsigned weight, bool of_code) {
    const std::uint64_t hash = mixed(gram);
    const std::size_t place = place_of(known_.data(), hash);
    Known& row = known_[place];
    if (row.taken == 0) {
        row.tag = tag_of(hash) & 0xFFFFFFU;
        row.taken = 1;
        grams_.push_back(gram);
    }
    if (of_code) {
        row.of_code = 1;
    } else if (row.weight == 0 || weight >= enough) {
        row.weight = weight & 7U;
    } else if (last_text_[place] != texts_ && row.weight > says_nothing && row.weight < enough) {
        --row.weight;
    }
    last_text_[place] = texts_;
}

std::vector<std::uint64_t> LogGrams::bloom() const {
    std::vector<std::uint64_t> words(std::size_t{1} << bloom_bits, 0);
    for (const std::uint64_t gram : grams_) {
        const std::uint64_t hash = mixed(gram);
        const Known row = known_[place_of(known_.data(), hash)];
        if (row.of_code != 0 || row.weight > says_nothing) words[bloom_word(hash)] |= bloom_mask(hash);
    }
    return words;
}

std::string LogGrams::source() const {
    std::vector<std::string> rows;
    for (const Known& row : known_) rows.push_back(text_of(row));
    std::vector<std::uint64_t> word_set((std::size_t{1} << word_bits) / 64, 0);
    for (const std::uint32_t hash : code_words_) {
        const std::uint32_t bit = hash % (1U << word_bits);
        word_set[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    return "// SPDX-License-Identifier: Apache-2.0\n//\n// Written by scca-log-compiler from the table. Edit faq/.\n"
           "#include \"log_tables.hpp\"\n\nnamespace scca::explain::log_tables {\n\n" +
           array("std::uint64_t", "bloom", texts_of(bloom(), "U")) + array("Known", "known", rows) +
           array("std::uint32_t", "code_word_hashes", texts_of(code_words_, "U")) +
           "const std::size_t code_word_hashes_size = " + std::to_string(code_words_.size()) + ";\n" +
           array("std::uint64_t", "code_word_bits", texts_of(word_set, "U")) +
           "\n}  // namespace scca::explain::log_tables\n";
}

}  // namespace scca::explain
