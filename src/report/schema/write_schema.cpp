// SPDX-License-Identifier: Apache-2.0
//
// write_schema TEMPLATE OUTPUT: fills the lists of the JSON Schema (rungs, outcomes, problems …) from the tables that
// the program itself is built from, so that the two cannot drift. Refuses a template with a list that it does not know.
#include "scca/core/rung.hpp"
#include "scca/faq/table.hpp"
#include "scca/report/report.hpp"

#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>

namespace {

using namespace scca;

/// Names of ours: nothing in them needs an escape.
template <class Range, class Name>
std::string quoted(const Range& range, Name name) {
    std::string list;
    for (const auto& item : range) {
        if (!list.empty()) list += ", ";
        list += '"' + std::string(std::invoke(name, item)) + '"';
    }
    return list;
}

std::string list_of(const std::string& what) {
    using enum report::Outcome;
    const auto outcomes = {passed, noted, warned, failed, blocked, unknown, crashed};
    const auto verdicts = {report::Verdict::healthy, report::Verdict::findings, report::Verdict::unknown};
    const auto actors = {faq::Who::you, faq::Who::it, faq::Who::platform, faq::Who::ca, faq::Who::driver};
    if (what == "rungs") return quoted(ladder, &RungRow::id);
    if (what == "kinds") return quoted(subject_kind_names, [](std::string_view name) { return name; });
    if (what == "outcomes") return quoted(outcomes, [](report::Outcome outcome) { return report::name_of(outcome); });
    if (what == "verdicts") return quoted(verdicts, [](report::Verdict verdict) { return report::name_of(verdict); });
    if (what == "faq") return quoted(faq::entries(), &faq::Entry::id);
    if (what == "code_families") return quoted(faq::code_families(), &faq::CodeFamily::id);
    if (what == "who") return quoted(actors, [](faq::Who who) { return faq::name_of(who); });
    return {};
}

/// Replaces each "@name@" by that list; empty when one is not known.
std::string filled(std::string text) {
    for (std::size_t open = text.find("\"@"); open != std::string::npos; open = text.find("\"@", open)) {
        const std::size_t close = text.find("@\"", open + 2);
        const std::string list =
            close == std::string::npos ? std::string() : list_of(text.substr(open + 2, close - open - 2));
        if (list.empty()) return {};
        text.replace(open, close + 2 - open, list);
        open += list.size();
    }
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: write_schema TEMPLATE OUTPUT\n";
        return 64;
    }
    std::ostringstream text;
    text << std::ifstream(argv[1], std::ios::binary).rdbuf();
    const std::string schema = filled(text.str());
    std::ofstream output(argv[2], std::ios::binary);
    output << schema;
    if (!schema.empty() && output.flush()) return 0;
    std::cerr << "write_schema: cannot fill " << argv[1] << '\n';
    return 1;
}
