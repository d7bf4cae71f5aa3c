// SPDX-License-Identifier: Apache-2.0
//
// Collects the grams of every message and code of the table in its usual spellings and encodings, and weighs them.
#pragma once

#include "../log_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
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
    struct Gram {
        unsigned weight = 0;
        bool of_code = false;
        std::uint32_t last_text = 0;  ///< which text had it last
    };
    struct Tables {
        std::vector<std::uint64_t> filter;
        std::vector<log_tables::Row> rows;
    };

    void add_messages();
    void add_codes();
    void add_text(std::string_view text, unsigned weight);
    void add_word(std::string_view word);
    void add_window(std::string_view window);
    [[nodiscard]] Tables tables() const;

    std::map<std::uint64_t, Gram> grams_;
    std::vector<std::uint32_t> code_words_;
    std::uint32_t texts_ = 0;
};

}  // namespace scca::explain
