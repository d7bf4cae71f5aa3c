// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"
#include "reader.hpp"

#include <utf8proc.h>
#include <algorithm>
#include <fstream>

namespace scca::faq::compiler {
namespace {

namespace fs = std::filesystem;

std::vector<Synonyms> load_lists(TableReader& all, std::string_view kind) {
    std::vector<Synonyms> lists;
    for (TableReader& table : all.tables(kind)) {
        Synonyms list;
        list.place = table.place();
        list.name = table.string("name", Need::required);
        list.claim = table.string("claim", Need::optional);
        if (!list.claim.empty() && list.claim != "shared" && list.claim != "common") {
            table.complain(list.place, "'claim' is '" + list.claim + "', not shared or common");
        }
        list.words = table.strings("words");
        if (list.words.empty()) table.complain(list.place, "a list of words must not be empty");
        table.refuse_the_rest();
        lists.push_back(std::move(list));
    }
    return lists;
}

/// 邮箱 and 密码 make 邮箱密码 and 邮箱的密码.
void add_belongings(const std::vector<Mention>& owners, const std::vector<Mention>& things,
                    std::vector<Mention>& words) {
    for (const Mention& owner : owners) {
        for (const Mention& thing : things) {
            words.push_back({owner.text + thing.text, owner.place});
            words.push_back({owner.text + "的" + thing.text, owner.place});
        }
    }
}

/// The characters of a line; a complaint when it is no UTF-8.
std::u32string characters_of(const std::string& line, const Place& place, Complaints& complaints) {
    std::u32string characters;
    for (std::size_t i = 0; i < line.size();) {
        std::int32_t code = -1;
        const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(line.data() + i),
                                           static_cast<utf8proc_ssize_t>(line.size() - i), &code);
        if (used <= 0) {
            complaints.push_back({place, "the line is not UTF-8"});
            return {};
        }
        characters.push_back(static_cast<char32_t>(code));
        i += static_cast<std::size_t>(used);
    }
    return characters;
}

/// Calls `visit(line, place)` for every line of a file that says something. A file that is not there has none.
template <class Visitor>
void each_line(const fs::path& folder, const char* name, Visitor visit) {
    std::ifstream in(folder / name);
    std::string line;
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.front() != '#') visit(line, Place{name, number});
    }
}

/// Lines of one character, a space, and the characters that belong to it.
std::vector<CharacterRow> load_rows(const fs::path& folder, const char* name, Complaints& complaints) {
    std::vector<CharacterRow> rows;
    each_line(folder, name, [&](const std::string& line, const Place& place) {
        const std::u32string row = characters_of(line, place, complaints);
        if (row.size() < 3 || row[1] != U' ' || row.find(U' ', 2) != std::u32string::npos) {
            complaints.push_back({place, "a line is one character, a space, and the characters that fold to it"});
            return;
        }
        rows.push_back({row[0], row.substr(2)});
    });
    return rows;
}

}  // namespace

void load_synonyms(const fs::path& folder, Faq& faq, Complaints& complaints) {
    const std::string name = "synonyms.toml";
    if (!fs::exists(folder / name)) return;
    const auto file = parse_file(folder / name, name, complaints);
    if (!file) return;
    TableReader all(*file, name, complaints);
    faq.things = load_lists(all, "thing");
    faq.troubles = load_lists(all, "trouble");
    if (auto foreign = all.table("foreign")) {
        faq.foreign = foreign->strings("words");
        add_belongings(foreign->strings("whose"), foreign->strings("what"), faq.foreign);
        foreign->refuse_the_rest();
    }
    if (auto fine = all.table("fine")) {
        faq.fine = fine->strings("words");
        fine->refuse_the_rest();
    }
    all.refuse_the_rest();
}

std::vector<CharacterRow> load_characters(const fs::path& folder, Complaints& complaints) {
    std::vector<CharacterRow> rows = load_rows(folder, "traditional.txt", complaints);
    const std::vector<CharacterRow> confused = load_rows(folder, "confused.txt", complaints);
    rows.insert(rows.end(), confused.begin(), confused.end());
    return rows;
}

std::vector<CharacterRow> load_misread(const fs::path& folder, Complaints& complaints) {
    return load_rows(folder, "misread.txt", complaints);
}

std::vector<std::u32string> load_sounds(const fs::path& folder, Complaints& complaints) {
    std::vector<std::u32string> sounds;
    each_line(folder, "sounds.txt", [&](const std::string& line, const Place& place) {
        sounds.push_back(characters_of(line, place, complaints));
        if (sounds.back().size() < 2 || sounds.back().find(U' ') != std::u32string::npos)
            complaints.push_back({place, "a line is two characters or more, and no space"});
    });
    return sounds;
}

std::vector<RegionalWord> load_regional(const fs::path& folder, Complaints& complaints) {
    std::vector<RegionalWord> words;
    each_line(folder, "regional.txt", [&](const std::string& line, const Place& place) {
        const std::size_t space = line.find(' ');
        if (space == 0 || space == std::string::npos || line.find(' ', space + 1) != std::string::npos) {
            complaints.push_back({place, "a line is a word of the messages, a space, and Taiwan's word for it"});
            return;
        }
        words.push_back({line.substr(0, space), line.substr(space + 1)});
    });
    return words;
}

void load_questions(const fs::path& folder, Faq& faq, Complaints& complaints) {
    const std::string name = "questions.toml";
    if (!fs::exists(folder / name)) return;
    const auto file = parse_file(folder / name, name, complaints);
    if (!file) return;
    TableReader all(*file, name, complaints);
    for (const std::string& id : all.keys()) {
        const auto questions = all.strings(id);
        const auto problem =
            std::find_if(faq.problems.begin(), faq.problems.end(), [&](const Problem& p) { return p.id == id; });
        if (problem == faq.problems.end()) {
            all.complain(questions.empty() ? all.place() : questions.front().place, "unknown id '" + id + "'");
        } else {
            problem->keywords.insert(problem->keywords.end(), questions.begin(), questions.end());
        }
    }
}

}  // namespace scca::faq::compiler
