// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"

#include "reader.hpp"

#include <algorithm>
#include <map>

namespace scca::faq::compiler {
namespace {

namespace fs = std::filesystem;

Fix load_fix(TableReader& table) {
    Fix fix;
    fix.place = table.place();
    fix.who = table.string("who", Need::required);
    fix.on = table.string("on", Need::optional);
    fix.issuer = table.string("issuer", Need::optional);
    fix.text = table.text("text", Need::required);
    fix.run = table.string("run", Need::optional);
    table.refuse_the_rest();
    return fix;
}

Cause load_cause(TableReader& table) {
    Cause cause;
    cause.place = table.place();
    cause.text = table.text("text", Need::required);
    cause.rungs = table.strings("rungs");
    cause.reasons = table.strings("reasons");
    cause.contacts = table.strings("contact");
    for (TableReader& fix : table.tables("fix")) cause.fixes.push_back(load_fix(fix));
    if (cause.fixes.empty()) table.complain(cause.place, "a cause needs at least one step in 'fix'");
    table.refuse_the_rest();
    return cause;
}

Problem load_problem(TableReader& table, const fs::path& path) {
    Problem problem;
    problem.place = table.place();
    problem.family = path.parent_path().filename().string();
    problem.id = table.string("id", Need::required);
    problem.title = table.text("title", Need::required);
    problem.urgency = table.integer("urgency", Need::optional).value_or(5);
    problem.unopened_bid = table.boolean("unopened_bid");
    problem.messages = table.strings("messages");
    problem.codes = table.strings("codes");
    problem.keywords = table.strings("keywords");
    problem.sources = table.strings("source");
    for (TableReader& cause : table.tables("cause")) problem.causes.push_back(load_cause(cause));
    if (problem.causes.empty()) table.complain(problem.place, "an entry needs at least one [[cause]]");
    if (problem.urgency < 1 || problem.urgency > 9) table.complain(problem.place, "'urgency' must be 1 to 9");
    if (!problem.id.empty() && path.stem().string() != problem.id) {
        table.complain(problem.place, "id '" + problem.id + "' is not the name of the file");
    }
    table.refuse_the_rest();
    return problem;
}

/// families.toml: the names of the folders.
std::map<std::string, Text> load_family_names(const fs::path& folder, Complaints& complaints) {
    std::map<std::string, Text> names;
    const std::string name = "families.toml";
    const auto file = fs::exists(folder / name) ? parse_file(folder / name, name, complaints) : std::nullopt;
    if (!file) return names;
    TableReader all(*file, name, complaints);
    for (const std::string& id : all.keys()) names[id] = all.text(id, Need::required);
    return names;
}

std::vector<Problem> load_problems(const fs::path& folder, Complaints& complaints) {
    std::vector<Problem> problems;
    std::vector<fs::path> families;
    for (const auto& item : fs::directory_iterator(folder)) {
        const auto name = item.path().filename();
        if (item.is_directory() && name != "codes" && name != "words") families.push_back(item.path());
    }
    std::sort(families.begin(), families.end());
    const auto names = load_family_names(folder, complaints);
    for (const fs::path& family : families) {
        const auto named = names.find(family.filename().string());
        if (named == names.end()) {
            Complaint& complaint = complaints.emplace_back();
            complaint.place.file = "families.toml";
            complaint.text = "folder '" + family.filename().string() + "' has no name";
        }
        for (const fs::path& path : toml_files(family)) {
            const std::string name = fs::relative(path, folder).string();
            const auto file = parse_file(path, name, complaints);
            if (!file) continue;
            TableReader table(*file, name, complaints);
            problems.push_back(load_problem(table, path));
            if (named != names.end()) problems.back().family_name = named->second;
        }
    }
    return problems;
}

std::vector<Contact> load_contacts(const fs::path& folder, Complaints& complaints) {
    std::vector<Contact> contacts;
    const auto file = fs::exists(folder / "contacts.toml")
                          ? parse_file(folder / "contacts.toml", "contacts.toml", complaints)
                          : std::nullopt;
    if (!file) return contacts;
    TableReader all(*file, "contacts.toml", complaints);
    for (const std::string& id : all.keys()) {
        auto table = all.table(id);
        if (!table) continue;
        Contact contact;
        contact.id = id;
        contact.place = table->place();
        contact.name = table->text("name", Need::required);
        for (const Mention& phone : table->strings("phone")) contact.phones.push_back(phone.text);
        if (const auto qq = table->string("qq", Need::optional); !qq.empty()) contact.qq.push_back(qq);
        contact.url = table->string("url", Need::optional);
        table->refuse_the_rest();
        contacts.push_back(std::move(contact));
    }
    return contacts;
}

std::vector<SourceDocument> load_sources(const fs::path& folder, Complaints& complaints) {
    std::vector<SourceDocument> sources;
    const auto file = fs::exists(folder / "sources.toml")
                          ? parse_file(folder / "sources.toml", "sources.toml", complaints)
                          : std::nullopt;
    if (!file) return sources;
    TableReader all(*file, "sources.toml", complaints);
    for (const std::string& id : all.keys()) sources.push_back({id, all.text(id, Need::required)});
    return sources;
}

}  // namespace

std::vector<fs::path> toml_files(const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& item : fs::directory_iterator(folder)) {
        if (item.path().extension() == ".toml") files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Faq load(const fs::path& folder, Complaints& complaints) {
    Faq faq;
    faq.problems = load_problems(folder, complaints);
    faq.families = load_codes(folder, complaints);
    faq.advised = load_advised(folder, complaints);
    faq.contacts = load_contacts(folder, complaints);
    faq.sources = load_sources(folder, complaints);
    faq.words = load_words(folder, faq.rung_titles, complaints);
    load_questions(folder, faq, complaints);
    load_synonyms(folder, faq, complaints);
    faq.characters = load_characters(folder, complaints);
    faq.misread = load_misread(folder, complaints);
    faq.sounds = load_sounds(folder, complaints);
    faq.regional = load_regional(folder, complaints);
    return faq;
}

}  // namespace scca::faq::compiler
