// SPDX-License-Identifier: Apache-2.0
//
// explain_sets FOLDER [--misses] [--held]: how often `explain` is right on the sets of tests/data/explain, by kind.
// --misses prints what was missed among the rows that are open for tuning; rows set aside are only ever counted.
#include "../unit/explain/sets.hpp"
#include "judge.hpp"

#include <chrono>
#include <cstdio>
#include <map>
#include <string>

namespace {

using scca::test::SetFile;

struct Count {
    int right = 0, all = 0;
};

std::string shown(const scca::explain::Explanation& explanation) {
    std::string text;
    for (const auto& match : explanation.matches) {
        char score[32];
        std::snprintf(score, sizeof score, " %.2f ", match.score);
        text += std::string(scca::faq::entry(match.id).id) + score;
    }
    for (const auto& id : explanation.similar) text += "~" + std::string(scca::faq::entry(id).id) + " ";
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 64;
    bool misses = false;
    bool held = false;
    for (int i = 2; i < argc; ++i) {
        misses = misses || std::string(argv[i]) == "--misses";
        held = held || std::string(argv[i]) == "--held";
    }
    std::map<std::string, Count> kinds;
    double seconds = 0;
    int texts = 0;
    for (const SetFile file : {SetFile::damaged, SetFile::questions, SetFile::unrelated}) {
        for (const auto& row : scca::test::read_set(argv[1], file)) {
            if (row.held != held) continue;
            const auto start = std::chrono::steady_clock::now();
            const auto explanation = scca::explain::explain(row.text);
            seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            ++texts;
            const bool right = scca::test::is_right(row, explanation);
            const std::string set = file == SetFile::damaged     ? "damaged "
                                    : file == SetFile::questions ? ""
                                                                 : "unrelated ";
            for (const std::string& kind : {set + row.kind, set + "(all)"}) {
                ++kinds[kind].all;
                kinds[kind].right += right ? 1 : 0;
            }
            if (right || !misses || held) continue;
            std::string wanted;
            for (const auto& id : row.ids) wanted += id + " ";
            std::printf("%-12s %s\n      want %s\n      got  %s\n", row.kind.c_str(), row.shown.c_str(), wanted.c_str(),
                        shown(explanation).c_str());
        }
    }
    for (const auto& [kind, count] : kinds) {
        std::printf("%-24s %4d / %4d  %5.1f %%\n", kind.c_str(), count.right, count.all,
                    100.0 * count.right / count.all);
    }
    std::printf("%.1f us a text\n", seconds * 1e6 / texts);
}
