// SPDX-License-Identifier: Apache-2.0
#include "log_grams.hpp"

#include "log_spellings.hpp"

#include "scca/faq/index.hpp"

#include <algorithm>
#include <cstring>

namespace scca::explain {
namespace {

using namespace log_tables;

/// Grams that weigh so little only say that a text is about files or certificates.
constexpr unsigned says_nothing = 1;

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
std::vector<std::string> texts_of(const std::vector<Number>& numbers) {
    std::vector<std::string> texts;
    for (const Number number : numbers) texts.push_back(std::to_string(number) + "U");
    return texts;
}

std::string text_of(Row row) {
    if (!row.is_known()) return "{}";
    return "{" + std::to_string(row.tag) + "," + std::to_string(row.weight) + "," + std::to_string(row.of_code) + "}";
}

/// The piece of a word that ordinary words have least of: where its underscores are, else its end.
std::string_view telling_window(std::string_view word) {
    const auto underscores = [&](std::size_t at) {
        const std::string_view window = word.substr(at, window_length);
        return std::count(window.begin(), window.end(), '_');
    };
    std::size_t best = 0;
    for (std::size_t at = 0; at + window_length <= word.size(); ++at) {
        if (underscores(at) >= underscores(best)) best = at;
    }
    return word.substr(best, window_length);
}

}  // namespace

LogGrams::LogGrams() {
    add_messages();
    add_codes();
    std::sort(code_words_.begin(), code_words_.end());
}

void LogGrams::add_messages() {
    const MessageSpeller speller;
    for (const faq::Entry& entry : faq::entries()) {
        for (const std::string_view message : faq::messages_of(entry)) {
            ++texts_;
            speller.spell(message, [this](std::string_view text, unsigned weight) { add_text(text, weight); });
        }
    }
}

void LogGrams::add_codes() {
    for (const faq::Code& code : faq::codes()) {
        ++texts_;
        for (const std::string& word : code_words(code)) add_word(word);
        for (const std::string& window : code_windows(code)) {
            code_words_.push_back(word_hash(window));
            add_window(window);
        }
        // A library's own sentence; some are single words.
        constexpr std::size_t not_a_word = 12;
        if (code.library_text.size() >= not_a_word) add_text(code.library_text, 3);
    }
}

void LogGrams::add_word(std::string_view word) {
    code_words_.push_back(word_hash(word));
    std::string spelled(telling_window(word));
    for (const bool upper : {false, true}) {
        for (char& c : spelled) {
            if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        add_window(spelled);
    }
}

void LogGrams::add_window(std::string_view window) {
    for (std::size_t i = 0; i + gram_length <= window.size(); ++i) grams_[load(window.data() + i)].of_code = true;
}

/// Grams of many messages say less.
void LogGrams::add_text(std::string_view text, unsigned weight) {
    for (std::size_t i = 0; i + gram_length <= text.size(); ++i) {
        Gram& gram = grams_[load(text.data() + i)];
        if (gram.weight == 0) {
            gram.weight = weight;
        } else if (gram.last_text != texts_ && gram.weight > says_nothing) {
            --gram.weight;
        }
        gram.last_text = texts_;
    }
}

LogGrams::Tables LogGrams::tables() const {
    Tables tables{std::vector<std::uint64_t>(std::size_t{1} << filter_bits >> 6U),
                  std::vector<Row>(std::size_t{1} << row_bits)};
    for (const auto& [gram, told] : grams_) {
        if (told.weight <= says_nothing && !told.of_code) continue;
        const std::uint64_t hash = mixed(gram);
        for (const std::uint64_t one : {hash, second(hash)})
            tables.filter[filter_word(one)] |= std::uint64_t{1} << filter_bit(one);
        Row& row = tables.rows[place_in(tables.rows.data(), hash)];
        row.tag = tag_of(hash) & 0xFFFU;
        row.weight = std::max<unsigned>(row.weight, told.weight > says_nothing ? told.weight : 0) & 7U;
        row.of_code |= told.of_code ? 1U : 0U;
    }
    return tables;
}

std::string LogGrams::source() const {
    const Tables tables = this->tables();
    std::vector<std::string> row_texts;
    for (const Row row : tables.rows) row_texts.push_back(text_of(row));
    std::vector<std::uint64_t> word_set((std::size_t{1} << word_bits) / 64, 0);
    for (const std::uint32_t hash : code_words_) {
        const std::uint32_t bit = hash % (1U << word_bits);
        word_set[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    return "// SPDX-License-Identifier: Apache-2.0\n//\n// Written by scca-log-compiler from the table. Edit faq/.\n"
           "#include \"log_tables.hpp\"\n\nnamespace scca::explain::log_tables {\n\n" +
           array("std::uint64_t", "filter", texts_of(tables.filter)) + array("Row", "rows", row_texts) +
           array("std::uint32_t", "code_word_hashes", texts_of(code_words_)) +
           "const std::size_t code_word_hashes_size = " + std::to_string(code_words_.size()) + ";\n" +
           array("std::uint64_t", "code_word_bits", texts_of(word_set)) +
           "\n}  // namespace scca::explain::log_tables\n";
}

}  // namespace scca::explain
