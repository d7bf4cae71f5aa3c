// SPDX-License-Identifier: Apache-2.0
//
// Collects the grams of every message and code of the table in its usual spellings and encodings, and weighs them.
#pragma once

#include "../log_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

class LogGrams {
public:
    LogGrams();

    /// Definitions of what log_tables.hpp declares.
    [[nodiscard]] std::string source() const;

private:
    void add_messages();
    void add_codes();
    void add_text(std::string_view text, unsigned weight, bool of_code);
    void add_gram(std::uint64_t gram, unsigned weight, bool of_code);
    void add_word(std::string_view word);
    [[nodiscard]] std::vector<std::uint64_t> bloom() const;

    std::vector<log_tables::Known> known_;
    std::vector<std::uint32_t> code_words_;
    std::uint16_t texts_ = 0;
    std::vector<std::uint64_t> grams_;      ///< each once
    std::vector<std::uint16_t> last_text_;  ///< which text had a gram last
};

}  // namespace scca::explain
