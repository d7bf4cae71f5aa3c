// SPDX-License-Identifier: Apache-2.0
#include "holds.hpp"

#include "advice.hpp"
#include "detail.hpp"
#include "letter.hpp"

#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

bool is_trouble(const Finding& finding) {
    return finding.outcome == Outcome::failed || finding.outcome == Outcome::warned;
}

/// Two problems of one family that a rung can find are two things: an expired seal is no seal that expires soon. A
/// problem of several causes, or of another family, is what such a finding leads to.
bool proves(const Finding& finding, const faq::Cause& cause, faq::Id id) {
    if (!is_trouble(finding)) return false;
    const faq::Entry& entry = faq::entry(id);
    if (finding.faq == id) return is_about(entry, cause, finding);
    if (!faq::reasons_of(cause).empty()) return false;
    if (!finding.faq) return true;
    const auto causes = faq::causes_of(entry);
    const auto general =
        std::count_if(causes.begin(), causes.end(), [](const faq::Cause& one) { return faq::reasons_of(one).empty(); });
    return general > 1 || faq::entry(*finding.faq).family != entry.family;
}

bool is_well(const Finding& finding) {
    return is_trouble(finding) || finding.outcome == Outcome::passed || finding.outcome == Outcome::noted;
}

CauseHere cause_here(const faq::Cause& cause, faq::Id id, const Report& here) {
    const auto rungs = faq::rungs_of(cause);
    const auto all = findings_of(here, [&](const Finding& finding) {
        return std::find(rungs.begin(), rungs.end(), finding.rung) != rungs.end();
    });
    CauseHere answer;
    std::copy_if(all.begin(), all.end(), std::back_inserter(answer.said),
                 [&](const Seen& seen) { return proves(*seen.finding, cause, id); });
    if (!answer.said.empty()) {
        answer.holds = Holds::yes;
    } else if (!all.empty() &&
               std::all_of(all.begin(), all.end(), [](const Seen& seen) { return is_well(*seen.finding); })) {
        answer.holds = Holds::no;
        answer.said = all;
    }
    return answer;
}

/// The rungs that answered, each once: "驱动文件、驱动能否打开".
std::string titles_of(const std::vector<Seen>& said, faq::Lang lang) {
    constexpr std::size_t most = 3;
    std::vector<Rung> rungs;
    for (const Seen& seen : said) {
        if (std::find(rungs.begin(), rungs.end(), seen.finding->rung) == rungs.end())
            rungs.push_back(seen.finding->rung);
    }
    std::string titles;
    for (std::size_t i = 0; i < std::min(rungs.size(), most); ++i) {
        titles +=
            (titles.empty() ? "" : std::string(words::comma.in(lang))) + std::string(faq::title_of(rungs[i]).in(lang));
    }
    return titles;
}

/// Where it was seen, and what.
std::string place_of(const Seen& seen, faq::Lang lang) {
    std::string text = subject_title(*seen.subject, lang);
    std::string what = detail_of(*seen.finding, lang);
    if (what.empty() && seen.finding->faq) what = faq::entry(*seen.finding->faq).title.in(lang);
    if (!text.empty() && !what.empty()) text += words::colon.in(lang);
    return text + what;
}

std::string part_of(const CauseHere& cause, std::size_t number, bool alone, faq::Lang lang) {
    const Fields fields{
        {"number", std::to_string(number)},
        {"what", cause.holds == Holds::yes ? place_of(cause.said.front(), lang) : titles_of(cause.said, lang)}};
    switch (cause.holds) {
        case Holds::yes: return fill((alone ? words::cause_holds : words::cause_holds_numbered).in(lang), fields, lang);
        case Holds::no:
            return fill((alone ? words::cause_does_not : words::cause_does_not_numbered).in(lang), fields, lang);
        case Holds::unknown: break;
    }
    return fill((alone ? words::cause_unknown : words::cause_unknown_numbered).in(lang), fields, lang);
}

}  // namespace

std::string_view name_of(Holds holds) noexcept {
    constexpr std::array<std::string_view, 3> names{"yes", "no", "unknown"};
    return names[static_cast<std::size_t>(holds)];
}

std::vector<CauseHere> causes_here(faq::Id id, const Report& here) {
    std::vector<CauseHere> answers;
    for (const faq::Cause& cause : faq::causes_of(faq::entry(id))) answers.push_back(cause_here(cause, id, here));
    return answers;
}

std::string sentence_of(const std::vector<CauseHere>& causes, faq::Lang lang) {
    std::string sentence;
    for (std::size_t i = 0; i < causes.size(); ++i) {
        if (i > 0) sentence += words::semicolon.in(lang);
        sentence += part_of(causes[i], i + 1, causes.size() == 1, lang);
    }
    return sentence + std::string(words::full_stop.in(lang));
}

std::vector<faq::Id> others_here(const std::vector<faq::Id>& asked, const Report& here) {
    std::vector<faq::Id> told = asked;
    for (const faq::Id id : asked) {
        for (const CauseHere& cause : causes_here(id, here)) {
            if (cause.holds != Holds::yes) continue;
            for (const Seen& seen : cause.said) {
                if (seen.finding->faq) told.push_back(*seen.finding->faq);
            }
        }
    }
    std::vector<faq::Id> others = root_causes(here);
    std::erase_if(others, [&](faq::Id id) { return std::find(told.begin(), told.end(), id) != told.end(); });
    return others;
}

}  // namespace scca::report
