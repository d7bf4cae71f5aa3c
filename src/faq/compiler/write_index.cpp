// SPDX-License-Identifier: Apache-2.0
#include "index.hpp"

#include <string>

namespace scca::faq::compiler {
namespace {

std::string text_of(std::uint32_t number) { return std::to_string(number); }
std::string text_of(char16_t symbol) { return std::to_string(static_cast<unsigned>(symbol)); }
std::string text_of(const Slice& slice) { return "{" + text_of(slice.first) + "," + text_of(slice.count) + "}"; }
std::string text_of(const WordTrie::Node& node) {
    return "{" + text_of(node.symbol) + "," + std::to_string(node.first_child) + "," + std::to_string(node.word) + "}";
}
std::string text_of(const WordTrie::Word& word) {
    return "{" + std::to_string(word.thing) + "," + std::to_string(word.trouble) + "," +
           (word.foreign ? "true," : "false,") + (word.fine ? "true" : "false") + "}";
}
std::string text_of(const Posting& posting) {
    return "{" + std::to_string(posting.target) + "," + std::to_string(posting.weight) + "}";
}
std::string text_of(const Gram& gram) {
    return "{" + text_of(gram.first_posting) + "," + text_of(gram.symbol) + "," + std::to_string(gram.phrase_count) +
           "," + std::to_string(gram.entry_count) + "," + std::to_string(gram.weight) + "}";
}
std::string text_of(const Concept& row) {
    return "{" + text_of(row.entries) + "," + std::to_string(row.weight) + "," + "Claim(" +
           std::to_string(static_cast<int>(row.claim)) + ")" + "}";
}
std::string text_of(const CodeRow& row) { return "{" + text_of(row.key) + "," + std::to_string(row.code) + "}"; }
std::string text_of(const AskedRow& row) {
    return "{" + std::to_string(row.key) + "U," + std::to_string(row.entry) + "}";
}
std::string text_of(const Mistake& row) { return "{" + text_of(row.key) + "," + text_of(row.meant) + "}"; }
std::string text_of(const ConceptPair& pair) { return "{" + text_of(pair.key) + "," + text_of(pair.entries) + "}"; }
std::string text_of(const Phrase& phrase) {
    return "{{" + std::to_string(phrase.entry.index) + "}," + (phrase.has_entry ? "true" : "false") + "," +
           std::to_string(phrase.code) + "," + text_of(phrase.first) + "," + std::to_string(phrase.count) + "," +
           std::to_string(phrase.weight) + "," + (phrase.is_title ? "true," : "false,") +
           std::to_string(phrase.thing_weight) + "}";
}

template <class Row>
std::string array(const std::string& type, const std::string& name, const std::vector<Row>& rows) {
    std::string out = "const " + type + " " + name + "[]{";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out += i % 32 == 0 ? "\n" : "";
        out += text_of(rows[i]) + ",";
    }
    if (rows.empty()) out += "{}";
    return out + "};\nconst std::size_t " + name + "_size = " + std::to_string(rows.size()) + ";\n\n";
}

std::vector<std::uint32_t> widened(const std::vector<std::uint16_t>& narrow) { return {narrow.begin(), narrow.end()}; }

}  // namespace

std::string index_source(const IndexData& index) {
    return std::string(
               "// SPDX-License-Identifier: Apache-2.0\n//\n// Written by scca-faq-compiler from the files of faq/. "
               "Edit those.\n"
               "#include \"index_tables.hpp\"\n\nnamespace scca::faq::tables {\n\n") +
           array("std::uint16_t", "fold_pages", widened(index.fold.page_of)) +
           array("std::uint16_t", "fold_shifts", widened(index.fold.shift)) +
           array("std::uint16_t", "fold_expansions", widened(index.fold.expansions)) +
           array("std::uint16_t", "gb18030", widened(index.gb18030)) +
           array("std::uint16_t", "trie_starts", widened(index.trie.starts)) +
           array("WordTrie::Node", "trie_nodes", index.trie.nodes) +
           array("WordTrie::Word", "trie_words", index.trie.words) + array("Phrase", "phrases", index.phrases) +
           array("char16_t", "phrase_symbols", index.phrase_symbols) +
           array("std::uint8_t", "phrase_weights",
                 std::vector<std::uint32_t>(index.phrase_weights.begin(), index.phrase_weights.end())) +
           array("Posting", "postings", index.postings) +
           array("std::uint16_t", "gram_starts", widened(index.grams.starts)) +
           array("Gram", "grams", index.grams.grams) + array("Concept", "things", index.things) +
           array("Concept", "troubles", index.troubles) + array("ConceptPair", "pairs", index.pairs) +
           array("Mistake", "mistakes", index.mistakes) + array("AskedRow", "asked", index.asked) +
           array("CodeRow", "code_values", index.code_values) + array("CodeRow", "code_symbols", index.code_symbols) +
           array("std::uint16_t", "code_patterns", widened(index.code_patterns)) +
           "}  // namespace scca::faq::tables\n";
}

}  // namespace scca::faq::compiler
