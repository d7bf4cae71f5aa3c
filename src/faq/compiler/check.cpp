// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace scca::faq::compiler {
namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string shown(const Place& place) { return place.file + ":" + std::to_string(place.line); }

/// The {holes} of a text; contacts are left out, and {day|days:number}, which only English needs.
std::multiset<std::string> holes_of(const std::string& text) {
    std::multiset<std::string> holes;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) break;
        const std::string hole = text.substr(open, close - open + 1);
        if (hole[1] != '@' && hole.find('|') == std::string::npos) holes.insert(hole);
    }
    return holes;
}

void check_message_holes(const Mention& message, Complaints& complaints) {
    static constexpr std::array<std::string_view, 5> known{"{n}", "{code}", "{hex}", "{name}", "{text}"};
    for (const std::string& hole : holes_of(message.text)) {
        if (std::find(known.begin(), known.end(), hole) == known.end()) {
            complaints.push_back({message.place, "unknown hole " + hole + " in a message"});
        }
    }
}

void check_steps(const Problem& problem, Complaints& complaints) {
    static constexpr std::array<std::string_view, 5> people{"you", "it", "platform", "ca", "driver"};
    for (const Cause& cause : problem.causes) {
        for (const Fix& fix : cause.fixes) {
            if (std::find(people.begin(), people.end(), fix.who) == people.end()) {
                complaints.push_back(
                    {fix.place, "'who' is " + quoted(fix.who) + ", not you, it, platform, ca or driver"});
            }
            if (!fix.on.empty() && fix.on != "windows" && fix.on != "linux") {
                complaints.push_back({fix.place, "'on' is " + quoted(fix.on) + ", not windows or linux"});
            }
            if (!fix.issuer.empty() && fix.issuer != "scca" && fix.issuer != "other") {
                complaints.push_back({fix.place, "'issuer' is " + quoted(fix.issuer) + ", not scca or other"});
            }
        }
    }
}

void check_problem_ids(const Faq& faq, Complaints& complaints) {
    std::map<std::string, Place> seen;
    for (const Problem& problem : faq.problems) {
        const auto [first, fresh] = seen.emplace(problem.id, problem.place);
        if (!fresh)
            complaints.push_back(
                {problem.place, "id " + quoted(problem.id) + " is used twice, first in " + shown(first->second)});
        if (!is_identifier(identifier_of(problem.id))) {
            complaints.push_back(
                {problem.place, "id " + quoted(problem.id) + " must be words of a-z and 0-9 joined by '-'"});
        }
    }
}

void check_codes(const Faq& faq, Complaints& complaints) {
    std::set<std::string> known;
    std::map<std::string, Place> families;
    for (const CodeFamily& family : faq.families) {
        const auto [first, fresh] = families.emplace(family.id, family.place);
        if (!fresh)
            complaints.push_back(
                {family.place, "family " + quoted(family.id) + " is used twice, first in " + shown(first->second)});
        std::map<std::pair<std::string, std::int64_t>, Place> seen;
        for (const Code& code : family.codes) {
            known.insert(family.id + ":" + code.symbol);
            const auto [row, new_row] = seen.emplace(std::pair(code.symbol, code.value), code.place);
            if (!new_row)
                complaints.push_back(
                    {code.place, "code " + quoted(code.symbol) + " is used twice, first in " + shown(row->second)});
        }
    }
    std::map<std::string, Place> owners;
    for (const Problem& problem : faq.problems) {
        for (const Mention& code : problem.codes) {
            if (!known.contains(code.text)) complaints.push_back({code.place, "unknown code " + quoted(code.text)});
            const auto [owner, fresh] = owners.emplace(code.text, code.place);
            if (!fresh)
                complaints.push_back(
                    {code.place, "code " + quoted(code.text) + " already belongs to " + shown(owner->second)});
        }
    }
}

/// Codes that people meet have words of their own.
void check_advised(const Faq& faq, Complaints& complaints) {
    std::map<std::string, bool> has_advice;
    for (const CodeFamily& family : faq.families) {
        for (const Code& code : family.codes) has_advice[family.id + ":" + code.symbol] = !code.advice.zh.empty();
    }
    for (const Mention& code : faq.advised) {
        const auto found = has_advice.find(code.text);
        if (found == has_advice.end()) complaints.push_back({code.place, "unknown code " + quoted(code.text)});
        if (found != has_advice.end() && !found->second)
            complaints.push_back({code.place, "code " + quoted(code.text) + " has no advice"});
    }
}

void check_mentions(const Faq& faq, Complaints& complaints) {
    std::set<std::string, std::less<>> contacts;
    std::set<std::string, std::less<>> sources;
    for (const Contact& contact : faq.contacts) contacts.insert(contact.id);
    for (const SourceDocument& source : faq.sources) sources.insert(source.id);
    for (const Problem& problem : faq.problems) {
        for (const Mention& source : problem.sources) {
            const std::string key = source.text.substr(0, source.text.find(' '));
            if (!sources.contains(key)) complaints.push_back({source.place, "unknown source " + quoted(key)});
        }
        for (const Cause& cause : problem.causes) {
            for (const Mention& rung : cause.rungs) {
                if (!find_rung(rung.text)) complaints.push_back({rung.place, "unknown rung " + quoted(rung.text)});
            }
            for (const Mention& contact : cause.contacts) {
                if (!contacts.contains(contact.text))
                    complaints.push_back({contact.place, "unknown contact " + quoted(contact.text)});
            }
        }
    }
}

void check_words(const Faq& faq, Complaints& complaints) {
    for (const WordList& list : faq.words) {
        if (!is_identifier(list.name)) complaints.push_back({list.place, "the file's name must be an identifier"});
        for (const Word& word : list.words) {
            if (!is_identifier(word.name))
                complaints.push_back({word.text.place, quoted(word.name) + " must be an identifier"});
            if (holes_of(word.text.zh) != holes_of(word.text.en)) {
                complaints.push_back({word.text.place, quoted(word.name) + " has other {holes} in zh than in en"});
            }
        }
    }
}

void check_rung_titles(Faq& faq, Complaints& complaints) {
    const Place list{"words/rungs.toml", 1};
    std::vector<Word> ordered;
    for (const RungRow& row : ladder) {
        const auto title = std::find_if(faq.rung_titles.begin(), faq.rung_titles.end(),
                                        [&](const Word& word) { return word.name == row.id; });
        if (title == faq.rung_titles.end()) {
            complaints.push_back({list, "rung " + quoted(row.id) + " has no title"});
        } else {
            ordered.push_back(*title);
        }
    }
    for (const Word& word : faq.rung_titles) {
        if (!find_rung(word.name)) complaints.push_back({word.text.place, "unknown rung " + quoted(word.name)});
    }
    faq.rung_titles = std::move(ordered);
}

}  // namespace

void check(Faq& faq, Complaints& complaints) {
    check_problem_ids(faq, complaints);
    check_codes(faq, complaints);
    check_advised(faq, complaints);
    check_mentions(faq, complaints);
    for (const Problem& problem : faq.problems) {
        check_steps(problem, complaints);
        for (const Mention& message : problem.messages) check_message_holes(message, complaints);
    }
    check_words(faq, complaints);
    check_rung_titles(faq, complaints);
    check_numbers(faq, complaints);
}

bool is_identifier(const std::string& name) {
    static const std::set<std::string, std::less<>> keywords{
        "and",      "auto",    "bool",    "break",    "case",  "catch",  "char",     "class",  "const",  "continue",
        "default",  "delete",  "do",      "double",   "else",  "enum",   "export",   "false",  "float",  "for",
        "friend",   "goto",    "if",      "inline",   "int",   "long",   "module",   "new",    "not",    "or",
        "operator", "private", "public",  "return",   "short", "signed", "sizeof",   "static", "struct", "switch",
        "this",     "throw",   "true",    "try",      "union", "using",  "unsigned", "void",   "while",  "virtual",
        "xor",      "linux",   "concept", "requires", "import"};
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
    return name.front() >= 'a' && name.find("__") == std::string::npos && !keywords.contains(name);
}

std::string identifier_of(std::string id) {
    std::replace(id.begin(), id.end(), '-', '_');
    return id;
}

}  // namespace scca::faq::compiler
