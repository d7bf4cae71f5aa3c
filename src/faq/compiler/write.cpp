// SPDX-License-Identifier: Apache-2.0
#include "write.hpp"

#include "check.hpp"

#include <cstdio>

namespace scca::faq::compiler {
namespace {

constexpr std::string_view heading =
    "// SPDX-License-Identifier: Apache-2.0\n"
    "//\n// Written by scca-faq-compiler from the files of faq/. Edit those.\n";

}  // namespace

std::string literal(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            char octal[8];
            std::snprintf(octal, sizeof octal, "\\%03o", byte);
            quoted += octal;
        } else {
            quoted += c;
        }
    }
    return quoted + "\"sv";
}

std::string ids_header(const Faq& faq) {
    std::string out(heading);
    out += "#pragma once\n\n#include \"scca/faq/table.hpp\"\n\nnamespace scca::faq::id {\n\n";
    for (std::size_t i = 0; i < faq.problems.size(); ++i) {
        out += "inline constexpr Id " + identifier_of(faq.problems[i].id) + "{" + std::to_string(i) + "};\n";
    }
    return out + "\n}  // namespace scca::faq::id\n";
}

std::string words_header(const Faq& faq) {
    std::string out(heading);
    out += "#pragma once\n\n#include \"scca/faq/table.hpp\"\n\n";
    for (const WordList& list : faq.words) {
        out += "namespace scca::faq::words::" + list.name + " {\nusing namespace std::string_view_literals;\n\n";
        for (const Word& word : list.words) {
            out += "inline constexpr Text " + word.name + "{" + literal(word.text.zh) + ", " + literal(word.text.en) +
                   "};\n";
        }
        out += "\n}  // namespace scca::faq::words::" + list.name + "\n";
    }
    return out;
}

}  // namespace scca::faq::compiler
