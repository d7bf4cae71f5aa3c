// SPDX-License-Identifier: Apache-2.0
//
// What stands in faq/, as read: plain values with the place they came from, so that every complaint can name a file and
// a line. Nothing here is checked yet.
#pragma once

#include "scca/core/rung.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace scca::faq::compiler {

/// A line of a file below faq/.
struct Place {
    std::string file;
    std::uint32_t line = 0;

    auto operator<=>(const Place&) const = default;
};

struct Complaint {
    Place place;
    std::string text;

    auto operator<=>(const Complaint&) const = default;
};
using Complaints = std::vector<Complaint>;

struct Text {
    std::string zh, en;
    Place place;
};

/// A string that names or quotes something.
struct Mention {
    std::string text;
    Place place;
};

struct Fix {
    std::string who, on, issuer, run;
    Text text;
    Place place;
};

struct Cause {
    Text text;
    std::vector<Mention> rungs, reasons, contacts;
    std::vector<Fix> fixes;
    Place place;
};

struct Problem {
    std::string id, family;
    Text family_name, title;
    std::int64_t urgency = 5;
    bool unopened_bid = false;
    std::vector<Mention> messages, codes, keywords, sources;
    std::vector<Cause> causes;
    Place place;
};

struct Contact {
    std::string id;
    Text name;
    std::vector<std::string> phones, qq;
    std::string url;
    Place place;
};

struct SourceDocument {
    std::string id;
    Text name;
};

struct Code {
    std::string symbol, library_text;
    std::int64_t value = 0;
    std::int64_t mask = 0xFFFFFFFF;
    Text meaning, advice;
    Place place;
};

struct CodeFamily {
    std::string id;
    Text name;
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    std::vector<std::string> contexts;
    bool needs_context = false;
    std::vector<Code> codes;
    Place place;
};

struct Word {
    std::string name;
    Text text;
};

/// One file of words/.
struct WordList {
    std::string name;
    std::vector<Word> words;
    Place place;
};

/// Words that mean the same thing, or the same trouble.
struct Synonyms {
    std::string name;
    std::string claim;  ///< empty for ours, "shared" or "common"
    std::vector<Mention> words;
    Place place;
};

/// Characters that fold to the first one of their line.
struct CharacterRow {
    char32_t kept = 0;
    std::u32string folded;
};

/// What Taiwan says where the messages have `here`.
struct RegionalWord {
    std::string here, there;
};

struct Faq {
    std::vector<Problem> problems;     ///< by family, then id
    std::vector<CodeFamily> families;  ///< by id
    std::vector<Mention> advised;      ///< family:SYMBOL of codes that must have advice
    std::vector<Contact> contacts;     ///< by id
    std::vector<SourceDocument> sources;
    std::vector<WordList> words;    ///< without the titles of the rungs
    std::vector<Word> rung_titles;  ///< in ladder order once checked
    std::vector<Synonyms> things, troubles;
    std::vector<Mention> foreign, fine;
    std::vector<CharacterRow> characters;
    std::vector<CharacterRow> misread;   ///< what is read for the first one of the line
    std::vector<std::u32string> sounds;  ///< characters that sound alike
    std::vector<RegionalWord> regional;  ///< in the order in which they are tried
};

}  // namespace scca::faq::compiler
