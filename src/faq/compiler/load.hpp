// SPDX-License-Identifier: Apache-2.0
//
// From the folder faq/ to values: reads every file and complains about their form. What they say of each other is
// checked later (check.hpp).
#pragma once

#include "model.hpp"

#include <filesystem>

namespace scca::faq::compiler {

[[nodiscard]] Faq load(const std::filesystem::path& folder, Complaints& complaints);

/// codes/*.toml, by family id.
[[nodiscard]] std::vector<CodeFamily> load_codes(const std::filesystem::path& folder, Complaints& complaints);
/// words/*.toml; the titles of the rungs go to `rung_titles`.
/// advised.toml, when there is one.
[[nodiscard]] std::vector<Mention> load_advised(const std::filesystem::path& folder, Complaints& complaints);
[[nodiscard]] std::vector<WordList> load_words(const std::filesystem::path& folder, std::vector<Word>& rung_titles,
                                               Complaints& complaints);

/// synonyms.toml, when there is one.
void load_synonyms(const std::filesystem::path& folder, Faq& faq, Complaints& complaints);
/// questions.toml, when there is one: more keywords for the problems that are loaded already.
void load_questions(const std::filesystem::path& folder, Faq& faq, Complaints& complaints);
/// traditional.txt and confused.txt: the character that is kept, a space, those that fold to it.
[[nodiscard]] std::vector<RegionalWord> load_regional(const std::filesystem::path& folder, Complaints& complaints);
[[nodiscard]] std::vector<CharacterRow> load_characters(const std::filesystem::path& folder, Complaints& complaints);
[[nodiscard]] std::vector<CharacterRow> load_misread(const std::filesystem::path& folder, Complaints& complaints);
[[nodiscard]] std::vector<std::u32string> load_sounds(const std::filesystem::path& folder, Complaints& complaints);

/// The *.toml files of a folder by name; none when there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder);

}  // namespace scca::faq::compiler
