// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"
#include "reader.hpp"

#include <algorithm>

namespace scca::faq::compiler {
namespace {

namespace fs = std::filesystem;

Code load_code(TableReader& table) {
    Code code;
    code.place = table.place();
    code.symbol = table.string("symbol", Need::required);
    code.value = table.integer("value", Need::required).value_or(0);
    code.mask = table.integer("mask", Need::optional).value_or(0xFFFFFFFF);
    code.meaning = table.text("meaning", Need::required);
    code.advice = table.text("advice", Need::optional);
    code.library_text = table.string("text", Need::optional);
    if (code.mask < 0 || code.mask > 0xFFFFFFFF) table.complain(code.place, "'mask' must have 32 bits");
    if (code.value < -0x80000000LL || code.value > 0xFFFFFFFF) table.complain(code.place, "'value' must have 32 bits");
    table.refuse_the_rest();
    return code;
}

CodeFamily load_family(TableReader& table) {
    CodeFamily family;
    family.place = table.place();
    family.id = table.string("family", Need::required);
    family.name = table.text("name", Need::required);
    family.ranges = table.ranges("range");
    for (const Mention& context : table.strings("context")) family.contexts.push_back(context.text);
    family.needs_context = table.boolean("needs_context");
    for (TableReader& code : table.tables("code")) family.codes.push_back(load_code(code));
    std::stable_sort(family.codes.begin(), family.codes.end(),
                     [](const Code& a, const Code& b) { return a.value < b.value; });
    table.refuse_the_rest();
    return family;
}

}  // namespace

std::vector<CodeFamily> load_codes(const fs::path& folder, Complaints& complaints) {
    std::vector<CodeFamily> families;
    for (const fs::path& path : toml_files(folder / "codes")) {
        const std::string name = "codes/" + path.filename().string();
        const auto file = parse_file(path, name, complaints);
        if (!file) continue;
        TableReader table(*file, name, complaints);
        families.push_back(load_family(table));
    }
    std::stable_sort(families.begin(), families.end(),
                     [](const CodeFamily& a, const CodeFamily& b) { return a.id < b.id; });
    return families;
}

std::vector<Mention> load_advised(const fs::path& folder, Complaints& complaints) {
    std::vector<Mention> advised;
    const std::string name = "advised.toml";
    const auto file = fs::exists(folder / name) ? parse_file(folder / name, name, complaints) : std::nullopt;
    if (!file) return advised;
    TableReader table(*file, name, complaints);
    for (const std::string& family : table.keys()) {
        for (const Mention& symbol : table.strings(family))
            advised.push_back({family + ":" + symbol.text, symbol.place});
    }
    return advised;
}

std::vector<WordList> load_words(const fs::path& folder, std::vector<Word>& rung_titles, Complaints& complaints) {
    std::vector<WordList> lists;
    for (const fs::path& path : toml_files(folder / "words")) {
        const std::string name = "words/" + path.filename().string();
        const auto file = parse_file(path, name, complaints);
        if (!file) continue;
        TableReader table(*file, name, complaints);
        const bool rungs = path.stem() == "rungs";
        WordList list;
        list.name = path.stem().string();
        list.place = {name, 1};
        for (const std::string& key : table.keys()) {
            if (!rungs) {
                list.words.push_back({key, table.text(key, Need::required)});
            } else if (auto row = table.table(key)) {
                rung_titles.push_back({key, row->text("title", Need::required)});
                row->refuse_the_rest();
            }
        }
        if (!rungs) lists.push_back(std::move(list));
    }
    return lists;
}

}  // namespace scca::faq::compiler
