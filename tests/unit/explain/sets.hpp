// SPDX-License-Identifier: Apache-2.0
//
// The rows of tests/data/explain/*.tsv (README.md there).
#pragma once

#include "scca/core/bytes.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace scca::test {

struct SetRow {
    std::string kind;
    std::vector<std::string> ids;  ///< none for unrelated texts
    std::string text;              ///< the bytes
    std::string shown;             ///< as it stands in the file
    bool held = false;
};

inline std::vector<std::string> split(const std::string& line, char at) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, at);) cells.push_back(cell);
    return cells;
}

/// \n, \t, \r and \\ as in C; "hex:" and two digits a byte for what is no UTF-8.
inline std::string unescaped(const std::string& cell) {
    if (cell.starts_with("hex:")) {
        const auto bytes = parse_hex(std::string_view(cell).substr(4));
        if (!bytes) throw std::runtime_error("not hexadecimal: " + cell);
        return std::string(as_text(*bytes));
    }
    std::string text;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell[i] != '\\' || i + 1 == cell.size()) {
            text += cell[i];
            continue;
        }
        const char escaped = cell[++i];
        text += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped;
    }
    return text;
}

enum class SetFile { damaged, questions, unrelated };

inline std::vector<SetRow> read_set(const std::string& folder, SetFile file) {
    const char* name = file == SetFile::damaged ? "damaged" : file == SetFile::questions ? "questions" : "unrelated";
    std::ifstream in(folder + "/" + name + ".tsv");
    if (!in) throw std::runtime_error(std::string("no ") + name + ".tsv in " + folder);
    std::vector<SetRow> rows;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const auto cells = split(line, '\t');
        SetRow row;
        row.held = cells.back() == "1";
        row.shown = cells[cells.size() - 2];
        row.text = unescaped(row.shown);
        row.kind = file == SetFile::questions ? "question" : cells[0];
        if (file == SetFile::damaged) row.ids = split(cells[1], ',');
        if (file == SetFile::questions) row.ids = split(cells[0], ',');
        rows.push_back(row);
    }
    return rows;
}

}  // namespace scca::test
